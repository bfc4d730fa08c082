package dev.migrator.spring.test;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application of nothing but a web server and a DataSource, which ends when it is ready. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class IdleApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(IdleApplication.class);
        application.setDefaultProperties(Map.of("server.port", "0"));
        application.run(args).close();
    }
}
