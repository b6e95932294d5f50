using SmsCampaign.Messages;

namespace SmsCampaign.Campaigns;

/// <summary>Holds messages to the words that an order quotes.</summary>
public static class OrderedText
{
    /// <summary>What a message says other than the order quotes. Without diacritics where it is sent so.</summary>
    /// <returns>Null where the order quotes none, or the message is in another language than the order: a translation
    /// differs in every word.</returns>
    public static TextDifference? Compare(Directive directive, MessageText message) =>
        directive.Text.Length > 0 && IsVietnamese(message.Language)
            ? Compare(directive.Text, message.Text, message.Unaccented)
            : null;

    /// <param name="ordered">An order that quotes several texts has each on a line.</param>
    internal static TextDifference Compare(string ordered, SmsText sent, bool unaccented)
    {
        var quoted = unaccented ? SmsText.Compose(ordered).Unaccented().Value : ordered;
        var lines = quoted.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // A line that goes on in the next one is no text of its own: it was broken where it was copied from.
        return (lines.Skip(1).All(line => char.IsUpper(line[0])) ? lines : [])
            .Prepend(quoted)
            .Distinct()
            .Select(text => TextDifference.Between(text, sent.Value))
            .MinBy(Size)!;
    }

    /// <summary>How far a message is from what is quoted; zero where it is that.</summary>
    static int Size(TextDifference difference) => difference.OnlyDiacritics
        ? 1
        : difference.Words.Sum(word => word.Directive.Length + word.Message.Length);

    internal static bool IsVietnamese(string language) =>
        language.Equals("vi", StringComparison.OrdinalIgnoreCase)
        || language.StartsWith("vi-", StringComparison.OrdinalIgnoreCase);
}
