namespace SmsCampaign.Audience;

/// <summary>
/// Names in a file's carrier column that no carrier has: the ported list or the prefix
/// decided, and a person should know.
/// </summary>
sealed class MisnamedCarriers
{
    /// <summary>Most names told apart.</summary>
    const int Most = 20;

    readonly Dictionary<string, (int FirstLine, long Rows)> _seen = [];
    long _others;

    public void Add(ReadOnlySpan<char> cell, int line)
    {
        var name = Masking.Of(cell);
        if (_seen.TryGetValue(name, out var seen))
            _seen[name] = (seen.FirstLine, seen.Rows + 1);
        else if (_seen.Count < Most)
            _seen.Add(name, (line, 1));
        else
            _others++;
    }

    public void Report(FileProblems problems)
    {
        foreach (var (name, (line, rows)) in _seen)
        {
            problems.Warn(line, null, new Wording(
                $"Không có nhà mạng nào tên “{name}” ({rows} dòng, đây là dòng đầu): đã xác định theo danh sách chuyển "
                    + $"mạng giữ số hoặc đầu số. Nếu là cách viết khác của một nhà mạng, hãy thêm vào carriers.csv.",
                $"No carrier is called '{name}' ({Figures.Counted(rows, "row")}, this is the first): "
                    + $"the ported list or the prefix decided. If it is another spelling of a "
                    + $"carrier, add it to carriers.csv."));
        }

        if (_others > 0)
        {
            problems.Warn(null, null, new Wording(
                $"Còn {_others} dòng với những tên nhà mạng lạ khác.",
                $"{Figures.Counted(_others, "more row")} with other carrier names that are not known."));
        }
    }
}
