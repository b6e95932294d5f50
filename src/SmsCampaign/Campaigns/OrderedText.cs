using SmsCampaign.Messages;

namespace SmsCampaign.Campaigns;

/// <summary>Holds messages to the words that an order quotes.</summary>
public static class OrderedText
{
    /// <summary>What a message says other than the order quotes. Without diacritics where it is sent so.</summary>
    /// <returns>Null where the message is in another language than the order: a translation differs in every
    /// word.</returns>
    public static TextDifference? Compare(Directive directive, MessageText message) => IsVietnamese(message.Language)
        ? Compare(directive.Text, message.Text, message.Unaccented)
        : null;

    internal static TextDifference Compare(string ordered, SmsText sent, bool unaccented) => TextDifference.Between(
        unaccented ? SmsText.Compose(ordered).Unaccented().Value : ordered, sent.Value);

    internal static bool IsVietnamese(string language) =>
        language.Equals("vi", StringComparison.OrdinalIgnoreCase)
        || language.StartsWith("vi-", StringComparison.OrdinalIgnoreCase);
}
