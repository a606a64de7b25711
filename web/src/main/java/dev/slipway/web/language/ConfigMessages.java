package dev.slipway.web.language;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The sentences about the config as one text; {@code messages/config_en.properties} and {@code config_zh.properties}. */
@MessageBundle(value = "config", locale = "en")
public interface ConfigMessages {
    @Message
    String configEditAll();

    @Message
    String configAsText();

    @Message
    String configTextHint();

    @Message
    String configSave();

    @Message
    String configSaveOver();

    @Message
    String configDiffers();

    @Message
    String configChangedMeanwhile();
}
