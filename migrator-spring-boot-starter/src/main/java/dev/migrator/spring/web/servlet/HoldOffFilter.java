package dev.migrator.spring.web.servlet;

import dev.migrator.spring.web.HeldOffResponse;
import dev.migrator.spring.web.HoldOff;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Holds requests off until the gate opens. It writes the answer itself: {@code sendError} would call the application. */
public final class HoldOffFilter implements Filter {

    /** Says that a request was let through, so that its error page is let through as well. */
    private static final String LET_THROUGH = HoldOffFilter.class.getName() + ".LET_THROUGH";

    private final HoldOff holdOff;

    public HoldOffFilter(HoldOff holdOff) {
        this.holdOff = holdOff;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (holdOff.isOver() || isLetThrough((HttpServletRequest) request) || holdOff.isOverSoon()) {
            chain.doFilter(request, response);
        } else {
            holdOff((HttpServletRequest) request, (HttpServletResponse) response);
        }
    }

    private boolean isLetThrough(HttpServletRequest request) {
        if (request.getAttribute(LET_THROUGH) != null) {
            return true;
        }
        String raw = request.getRequestURI().substring(request.getContextPath().length());
        String normalised = request.getServletPath() + nullToEmpty(request.getPathInfo());
        if (!holdOff.lets(raw, normalised)) {
            return false;
        }
        request.setAttribute(LET_THROUGH, true);
        return true;
    }

    private void holdOff(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HeldOffResponse answer = holdOff.answer(String.join(",", Collections.list(request.getHeaders("Accept"))));
        response.setStatus(HeldOffResponse.STATUS);
        answer.headers().forEach(response::setHeader);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(answer.body());
        }
    }

    private static String nullToEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
