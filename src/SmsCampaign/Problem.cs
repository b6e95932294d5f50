namespace SmsCampaign;

/// <summary>How much a <see cref="Problem"/> matters.</summary>
public enum Severity
{
    /// <summary>Nothing goes on until it is mended. Exit code 2.</summary>
    Error,

    /// <summary>A person should look at it; the work goes on.</summary>
    Warning,
}

/// <summary>Where in a person's file something was found.</summary>
/// <param name="File">Path as the person gave it.</param>
/// <param name="Line">1-based line (row for a spreadsheet); null where the file as a whole is meant.</param>
/// <param name="Column">1-based column in characters; null where the line as a whole is meant.</param>
/// <param name="Key">Key or column name, such as <c>schedule.date</c>; null where there is none.</param>
public sealed record Place(string File, int? Line = null, int? Column = null, string? Key = null)
{
    public override string ToString() =>
        $"{File}{(Line is { } line ? $":{line}" : "")}{(Line is not null && Column is { } column ? $":{column}" : "")}"
        + (Key is null ? "" : $" [{Key}]");
}

/// <summary>
/// Something wrong with what a person gave us: what was found, where, what was expected and what to do next.
/// Readers return all of them, never only the first.
/// </summary>
/// <param name="Where">Null where no file is meant.</param>
public sealed record Problem(Place? Where, Wording What, Severity Severity = Severity.Error)
{
    /// <summary>Whether a file or a secret could not be read for a reason that may pass with no file changed, such as a
    /// share that is not there, a spreadsheet that holds it, or an account that has not got the secret: nothing is
    /// known of what it says.</summary>
    public bool MayPass { get; init; }

    /// <summary>Whether it is a question that <c>new</c> left in a campaign file, and nobody has answered.</summary>
    public bool IsQuestion { get; init; }

    /// <summary><see cref="What"/> for the pages, where that names a verb and they have a button; null: the
    /// same.</summary>
    public Wording? OnPages { get; init; }

    public string In(Language language)
    {
        var kind = (Severity, language) switch
        {
            (Severity.Error, Language.Vietnamese) => "lỗi",
            (Severity.Error, _) => "error",
            (_, Language.Vietnamese) => "cảnh báo",
            _ => "warning",
        };

        // One line a problem, whatever the names and values in it.
        return UnseenText.Show(
            Where is null ? $"{kind}: {What.In(language)}" : $"{Where}: {kind}: {What.In(language)}");
    }

    /// <summary>How many errors and warnings there are, as 15 lỗi, 1 cảnh báo.</summary>
    public static Wording Total(IReadOnlyCollection<Problem> problems)
    {
        var errors = problems.Count(problem => problem.Severity == Severity.Error);
        var (stop, warn) = (Figures.Counted(errors, "error"), Figures.Counted(problems.Count - errors, "warning"));
        return new Wording($"{stop} lỗi, {warn} cảnh báo.", $"{stop}, {warn}.");
    }

    public override string ToString() => In(Language.English);
}
