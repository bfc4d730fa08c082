package dev.migrator.spring.observe;

/** Is told of the parts of a migrator's runs, on the thread that runs: the last that began is the first that ends. */
interface PartListener {

    /** A part begins. */
    default void begins(Part part) {}

    /** It has ended, well or not. */
    void ended(Part part, PartEnd end);

    /** A step is tried again. */
    default void retried() {}
}
