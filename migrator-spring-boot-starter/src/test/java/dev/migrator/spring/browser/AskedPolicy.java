package dev.migrator.spring.browser;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/** Answers with the Content-Security-Policy that the request asks for, as an application's own filter might set one. */
final class AskedPolicy implements Filter {

    static final String HEADER = "Asked-Policy";

    static void in(ConfigurableApplicationContext context) {
        FilterRegistrationBean<AskedPolicy> registration = new FilterRegistrationBean<>(new AskedPolicy());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        context.getBeanFactory().registerSingleton("askedPolicy", registration);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String policy = ((HttpServletRequest) request).getHeader(HEADER);
        if (policy != null) {
            ((HttpServletResponse) response).setHeader("Content-Security-Policy", policy);
        }
        chain.doFilter(request, response);
    }
}
