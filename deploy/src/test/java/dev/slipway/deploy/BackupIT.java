package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A home is lost, and another one made of the backup that was taken while the first was in use. */
@ExtendWith(SlipwayProcess.class)
class BackupIT {
    @Test
    void aLostHomeComesBackAsItWasWhenItWasBackedUp(Installation lost) throws IOException {
        App app = App.create(lost, "kept");
        Source source = Source.page(lost, "before");
        app.push(source).orFail();
        app.awaitRest();
        Path file = lost.home().resolve("whole.slipway");
        assertThat(lost.keep("backup", file.toString()).orFail())
                .contains("files, ")
                .contains(file.toString());
        app.push(source.write("index.html", "after\n").commit("Change")).orFail();
        app.awaitRest();
        assertThat(app.body()).isEqualTo("after\n");
        lost.kill();

        try (Installation found = new Installation()) {
            restore(found, file);
            found.start();
            App again = new App(found, Developer.firstAdmin(found), "test", "kept");
            Await.until(
                    "what was live at the backup is live again",
                    App.BOUND,
                    () -> again.get("/").body().equals("before\n"));
            assertThat(again.list("releases")).hasSize(1);
            again.push(source).orFail();
            assertThat(again.body()).isEqualTo("after\n");
            Await.until(
                    "what the lost home ran has ended",
                    App.BOUND,
                    () -> again.containers().size() == 1);
        }
    }

    private static void restore(Installation found, Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Path cut = Files.write(found.home().resolve("cut.slipway"), Arrays.copyOf(whole, whole.length - 1000));
        Command.Result checked = found.keep("restore", "--check", cut.toString());
        assertThat(checked.exitCode()).as(checked.output()).isEqualTo(1);
        assertThat(checked.output()).contains("cut off");
        Command.Result refused = found.keep("restore", file.toString());
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
        assertThat(refused.output()).contains("is there already and is left as it is");
        Files.delete(cut);
        assertThat(found.keep("restore", file.toString()).orFail()).contains("each as it was backed up");
    }
}
