namespace SmsCampaign.WebConsole.Words;

/// <summary>Why something was decided, for a page: what is on record goes on to say by which verbs it is undone, and a
/// page has buttons.</summary>
static class DecidedWords
{
    const string Program = "sms-campaign ";

    public static Wording Of(Wording reason) => new($"{Cut(reason.Vi)}", $"{Cut(reason.En)}");

    /// <summary>Up to the sentence that first names a verb.</summary>
    static string Cut(string text) =>
        text.IndexOf(Program, StringComparison.Ordinal) is >= 0 and var verb
        && text.LastIndexOf(". ", verb, StringComparison.Ordinal) is >= 0 and var end
            ? text[..(end + 1)]
            : text;
}
