namespace SmsCampaign.Files;

/// <summary>
/// Gathers what is wrong with one file, so that a person is told everything in one go.
/// </summary>
sealed class ProblemList(string file)
{
    /// <summary>Most problems worth listing: whoever has more has given the wrong file.</summary>
    const int Most = 200;

    readonly List<Problem> _problems = [];

    /// <summary>As the person gave it.</summary>
    public string File => file;

    public bool HasErrors => Errors > 0;

    public int Errors => _problems.Count(problem => problem.Severity == Severity.Error);

    public void Error(Place? at, string? key, Vietnamese vi, English en) => Add(at, key, new(vi, en), Severity.Error);

    /// <summary>The file, or one that it names, cannot be read now (<see cref="Problem.MayPass"/>).</summary>
    public void Unreadable(Vietnamese vi, English en, Place? at = null, string? key = null) =>
        _problems.Add(new Problem(new Place(file, at?.Line, at?.Column, key), new Wording(vi, en)) { MayPass = true });

    /// <summary>A question that stands in the file (<see cref="Problem.IsQuestion"/>).</summary>
    public void Ask(Place at, string key, Vietnamese vi, English en) => _problems.Add(
        new Problem(new Place(file, at.Line, at.Column, key), new Wording(vi, en)) { IsQuestion = true });

    public void Warn(Place? at, string? key, Vietnamese vi, English en) => Add(at, key, new(vi, en), Severity.Warning);

    public void Add(Place? at, string? key, Wording what, Severity severity) =>
        _problems.Add(new Problem(new Place(file, at?.Line, at?.Column, key), what, severity));

    public void AddAll(ProblemList others) =>
        _problems.AddRange(
            others._problems.Select(problem => problem with { Where = problem.Where! with { File = file } }));

    /// <summary>In the order of the file; those about the file as a whole first.</summary>
    public IReadOnlyList<Problem> InOrder()
    {
        var listed =
            _problems.OrderBy(problem => problem.Severity).Take(Most).ToHashSet(ReferenceEqualityComparer.Instance);
        var ordered = _problems
            .Where(listed.Contains)
            .OrderBy(problem => problem.Where!.Line ?? 0)
            .ThenBy(problem => problem.Where!.Column ?? 0)
            .ToList();

        if (_problems.Count - ordered.Count is var more and > 0)
            ordered.Add(new Problem(
                new Place(file),
                new Wording(
                    $"Còn {more} chỗ nữa không liệt kê. Hãy xem lại có đúng là tệp chiến dịch không.",
                    $"{more} more are not listed. Check that this is the campaign file."),
                _problems.Where(problem => !listed.Contains(problem)).Min(problem => problem.Severity)));

        return ordered;
    }
}
