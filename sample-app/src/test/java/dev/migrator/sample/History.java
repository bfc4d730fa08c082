package dev.migrator.sample;

import java.util.List;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.client.RestClient;

/** What {@code /actuator/migrations} says of the sample's only migrator. */
record History(Map<String, Object> migrator) {

    static History at(int port) {
        return at("http://localhost:" + port + "/actuator/migrations");
    }

    static History at(String url) {
        return of(RestClient.create().get().uri(url).retrieve().body(new ParameterizedTypeReference<>() {}));
    }

    /** Takes it out of the endpoint's answer. */
    static History of(Map<String, Object> answer) {
        Map<String, Object> context = only(object(answer, "contexts"));
        return new History(only(object(context, "migrators")));
    }

    Object state() {
        return migrator.get("state");
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> migrations() {
        return (List<Map<String, Object>>) migrator.get("migrations");
    }

    private static Map<String, Object> only(Map<String, Object> map) {
        if (map.size() != 1) {
            throw new AssertionError("One entry expected, and there are " + map.keySet());
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> value =
                (Map<String, Object>) map.values().iterator().next();
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> map, String key) {
        return (Map<String, Object>) map.get(key);
    }
}
