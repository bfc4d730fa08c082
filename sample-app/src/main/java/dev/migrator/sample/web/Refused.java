package dev.migrator.sample.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request that the shop understands and does not fulfil. */
public final class Refused extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private Refused(HttpStatus status, String reason) {
        super(status, ProblemDetail.forStatusAndDetail(status, reason), null);
    }

    /** What was asked for does not exist. */
    public static Refused notFound(String reason) {
        return new Refused(HttpStatus.NOT_FOUND, reason);
    }

    /** It cannot be done as things stand now. */
    public static Refused conflict(String reason) {
        return new Refused(HttpStatus.CONFLICT, reason);
    }

    /** What the request names does not exist. */
    public static Refused unprocessable(String reason) {
        return new Refused(HttpStatus.UNPROCESSABLE_CONTENT, reason);
    }
}
