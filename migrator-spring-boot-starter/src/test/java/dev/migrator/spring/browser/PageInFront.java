package dev.migrator.spring.browser;

import dev.migrator.Migrator;
import dev.migrator.page.DetailsModel;
import dev.migrator.page.DetailsPage;
import dev.migrator.page.Links;
import dev.migrator.page.Operation;
import dev.migrator.page.PageFilter;
import dev.migrator.page.PageModel;
import dev.migrator.page.ShownMigrator;
import dev.migrator.page.StatusPage;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/** Answers browsers with the pages in the endpoint's place, as long as the endpoint does not do so itself. */
final class PageInFront implements Filter {

    private final ConfigurableApplicationContext context;

    private PageInFront(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static void in(ConfigurableApplicationContext context) {
        FilterRegistrationBean<PageInFront> registration = new FilterRegistrationBean<>(new PageInFront(context));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        context.getBeanFactory().registerSingleton("pageInFront", registration);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        String accept = asked.getHeader("Accept");
        if (asked.getMethod().equals("GET")
                && asked.getRequestURI().startsWith(Situation.PAGE)
                && accept != null
                && accept.contains("text/html")) {
            response.setContentType("text/html;charset=UTF-8");
            response.getOutputStream().write(page(asked).getBytes(StandardCharsets.UTF_8));
        } else {
            chain.doFilter(request, response);
        }
    }

    private String page(HttpServletRequest asked) {
        Migrator migrator = context.getBean(Migrator.class);
        String path = asked.getRequestURI();
        if (path.length() > Situation.PAGE.length()) {
            String encoded = path.substring(Situation.PAGE.length() + 1).replace("+", "%2B");
            return details(migrator, URLDecoder.decode(encoded, StandardCharsets.UTF_8));
        }
        boolean enabled = context.getEnvironment().getProperty("migrator.enabled", Boolean.class, true);
        PageModel model = PageModel.of(
                        "bookshop", List.of(new ShownMigrator(null, "migrator", enabled, migrator.status())))
                .with(PageFilter.of(asked.getParameter("q"), asked.getParameter("state")));
        if ("unrestricted".equals(context.getEnvironment().getProperty("management.endpoint.migrations.access"))) {
            model = model.with(EnumSet.allOf(Operation.class));
        }
        return "now".equals(asked.getParameter("part")) ? StatusPage.now(model) : StatusPage.of(model);
    }

    private static String details(Migrator migrator, String name) {
        List<DetailsModel.Found> found = migrator.details(name).stream()
                .map(details -> new DetailsModel.Found(null, "migrator", details))
                .toList();
        return DetailsPage.of(new DetailsModel("bookshop", name, found, Links.fromDetails("migrations", name), false));
    }
}
