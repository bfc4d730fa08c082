package dev.migrator.cli;

import dev.migrator.run.RollbackPreview;
import dev.migrator.run.RollbackPreview.Item;

/** What a rollback would do, for people. */
final class PreviewText {

    private PreviewText() {}

    static String of(RollbackPreview preview) {
        StringBuilder text = new StringBuilder(
                preview.items().isEmpty() ? "Nothing to roll back.\n" : "To be rolled back, in this order:\n");
        for (Item item : preview.items()) {
            text.append("  ")
                    .append(item.version())
                    .append(' ')
                    .append(item.description())
                    .append(", by ")
                    .append(item.script())
                    .append('\n');
            item.losses().forEach(loss -> text.append("    ! ").append(loss).append('\n'));
        }
        if (!preview.items().isEmpty()) {
            text.append("Pending again afterwards: a release that has them applies them when it starts.\n");
        }
        preview.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
        return TextTable.printableLines(text.toString().stripTrailing());
    }
}
