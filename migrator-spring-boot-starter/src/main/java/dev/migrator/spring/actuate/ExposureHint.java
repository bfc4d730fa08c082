package dev.migrator.spring.actuate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/** Says once how to see the migrations, where the endpoint is there and not exposed. */
public final class ExposureHint implements InitializingBean {

    private static final Logger logger = LoggerFactory.getLogger(ExposureHint.class);

    @Override
    public void afterPropertiesSet() {
        logger.info("The migrations can be seen at /actuator/migrations with"
                + " management.endpoints.web.exposure.include=health,migrations");
    }
}
