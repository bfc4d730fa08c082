package dev.migrator.spring.web;

import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.core.env.Environment;

/**
 * Where the actuator answers on the application's own port: its index, every exposed endpoint, and additional paths such as
 * {@code /livez}. Nothing else below its base path is let through.
 */
public final class ActuatorPaths {

    private ActuatorPaths() {}

    /**
     * @param prefix what stands before every path of the actuator, such as the DispatcherServlet's path; mostly empty
     */
    public static ExemptPaths of(PathMappedEndpoints endpoints, Environment environment, String prefix) {
        Set<String> exact = new LinkedHashSet<>();
        Set<String> trees = new LinkedHashSet<>();
        if (ManagementPortType.get(environment) == ManagementPortType.SAME) {
            if (endpoints.getBasePath().length() > 1) {
                exact.add(prefix + endpoints.getBasePath());
                exact.add(prefix + endpoints.getBasePath() + "/");
            }
            endpoints.getAllPaths().forEach(path -> trees.add(prefix + path));
        }
        for (PathMappedEndpoint endpoint : endpoints) {
            endpoint.getAdditionalPaths(WebServerNamespace.SERVER)
                    .forEach(path -> trees.add(prefix + (path.startsWith("/") ? path : "/" + path)));
        }
        trees.removeIf(tree -> tree.endsWith("/"));
        return new ExemptPaths(exact, trees);
    }
}
