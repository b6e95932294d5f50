namespace SmsCampaign.Audience;

/// <summary>
/// What is wrong with one file: all of it, but no longer than a person can read.
/// </summary>
/// <param name="file">As shown to a person.</param>
sealed class FileProblems(string file, List<Problem> problems)
{
    /// <summary>Most problems listed a file; of more the number is told.</summary>
    const int Most = 50;

    int _errors;
    int _warnings;

    public bool HasErrors => _errors > 0;

    /// <param name="sheet">Null where the file has no other.</param>
    /// <returns>What is wrong with one sheet, to be finished by itself.</returns>
    public FileProblems OfSheet(string? sheet) => new(sheet is null ? file : $"{file} [{sheet}]", problems);

    public void Error(int? line, string? column, Wording what) => Error(line, column, what, mayPass: false);

    public void Warn(int? line, string? column, Wording what)
    {
        if (++_warnings <= Most)
            problems.Add(new Problem(new Place(file, line, Key: Shown(column)), what, Severity.Warning));
    }

    public void Add(BrokenTableException broken) => Error(broken.Line, null, broken.What, broken.MayPass);

    /// <summary>Tells how many were not listed.</summary>
    public void Finish()
    {
        Finish(_errors, Severity.Error);
        Finish(_warnings, Severity.Warning);
    }

    void Error(int? line, string? column, Wording what, bool mayPass)
    {
        if (++_errors <= Most)
            problems.Add(new Problem(new Place(file, line, Key: Shown(column)), what) { MayPass = mayPass });
    }

    // A heading of the file's own.
    static string? Shown(string? column) => column is null ? null : Masking.Of(column);

    void Finish(int count, Severity severity)
    {
        if (count <= Most)
            return;

        var more = count - Most;
        problems.Add(new Problem(
            new Place(file),
            new Wording($"Còn {more} chỗ nữa như vậy không liệt kê.", $"{more} more like these are not listed."),
            severity));
    }
}
