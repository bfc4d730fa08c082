package dev.migrator.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the shop. There is no word about migrations here, nor anywhere else but where they are written. */
@SpringBootApplication(proxyBeanMethods = false)
public class Bookshop {

    public static void main(String[] arguments) {
        SpringApplication.run(Bookshop.class, arguments);
    }
}
