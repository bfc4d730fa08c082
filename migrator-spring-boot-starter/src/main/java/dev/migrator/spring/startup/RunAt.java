package dev.migrator.spring.startup;

/** The moment of the start at which migrations run. */
public enum RunAt {
    /** When the application is otherwise ready; its ports are open, and requests are held off. */
    READY,
    /** After the web servers and before listeners, schedulers and runners; requests are held off. */
    LIFECYCLE,
    /** Before JPA and other users of the DataSource; the ports are still closed. */
    INITIALIZATION
}
