package dev.migrator.cli;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON objects, in the order of their components and without those that are null, as the endpoint does.
 * The text is plain ASCII, so that no locale and no line separator can break it.
 */
final class JsonWriter {

    private final StringBuilder json = new StringBuilder();

    private JsonWriter() {}

    /** One line of JSON. A record may hold records, lists, numbers, truth values and enums; all else is written as text. */
    static String write(Record value) {
        JsonWriter writer = new JsonWriter();
        writer.object(value);
        return writer.json.toString();
    }

    /** The same for several, as one object by their names. */
    static String write(Map<String, ? extends Record> values) {
        JsonWriter writer = new JsonWriter();
        writer.object(values);
        return writer.json.toString();
    }

    private void object(Map<String, ? extends Record> values) {
        json.append('{');
        String separator = "";
        for (Map.Entry<String, ? extends Record> entry : values.entrySet()) {
            json.append(separator);
            string(entry.getKey());
            json.append(':');
            object(entry.getValue());
            separator = ",";
        }
        json.append('}');
    }

    private void value(Object value) {
        if (value instanceof Record object) {
            object(object);
        } else if (value instanceof List<?> list) {
            array(list);
        } else if (value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof Enum<?> constant) {
            string(constant.name().toLowerCase(Locale.ROOT));
        } else {
            string(value.toString());
        }
    }

    private void object(Record object) {
        json.append('{');
        String separator = "";
        for (RecordComponent component : object.getClass().getRecordComponents()) {
            Object value = read(component, object);
            if (value != null) {
                json.append(separator);
                string(component.getName());
                json.append(':');
                value(value);
                separator = ",";
            }
        }
        json.append('}');
    }

    private static @Nullable Object read(RecordComponent component, Record object) {
        try {
            return component.getAccessor().invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }

    private void array(List<?> list) {
        json.append('[');
        String separator = "";
        for (Object element : list) {
            json.append(separator);
            value(element);
            separator = ",";
        }
        json.append(']');
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        json.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"', '\\' -> json.append('\\').append(c);
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (c >= ' ' && c <= '~') {
                    json.append(c);
                } else {
                    json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                }
            }
        }
    }
}
