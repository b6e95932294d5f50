using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Files;

namespace SmsCampaign.Messages;

/// <summary>
/// A small CSV file of the installation: a line a row, a heading line first, # begins a comment line. Comma, semicolon
/// or tab, whichever the heading line has, as spreadsheets differ.
/// </summary>
static class DataFile
{
    // Beyond this many, what is wrong is the file, not its rows.
    const int MostProblems = 100;

    static readonly char[] Separators = [',', ';', '\t'];

    /// <param name="columns">Columns that must be there, in any order; others may be.</param>
    /// <param name="problems">Gets what is wrong with the file as a whole; its rows are for
    /// the caller to judge.</param>
    /// <param name="hashed">Told the SHA-256 of the content as it was read, behind the last row; not where
    /// reading stopped before.</param>
    public static IEnumerable<DataRow> Read(
        string path, IReadOnlyList<string> columns, ICollection<Problem> problems, Action<string>? hashed = null)
    {
        if (!File.Exists(path))
        {
            problems.Add(new Problem(new Place(path), new Wording(
                "không tìm thấy tệp. Hãy kiểm tra đường dẫn, hoặc chép lại tệp từ bộ cài đặt.",
                "file not found. Check the path, or copy the file again from the installation package."))
            { MayPass = true });
            yield break;
        }

        if (OrdinaryFile.Refuse(path) is { } reason)
        {
            problems.Add(new Problem(new Place(path), reason));
            yield break;
        }

        using var hash = SHA256.Create();
        using var content = new CryptoStream(OrdinaryFile.OpenRead(path, bufferSize: 0), hash, CryptoStreamMode.Read);
        using var file = new StreamReader(content, new UTF8Encoding(false, true), bufferSize: 65_536);
        string[]? headings = null;
        var separator = ',';
        var number = 0;
        var before = problems.Count;

        while (ReadLine(file, path, number + 1, problems) is { } line)
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;

            if (headings is not null)
            {
                yield return new DataRow(path, number, headings, Split(line, separator));
                if (problems.Count - before >= MostProblems)
                {
                    problems.Add(new Problem(new Place(path, number), new Wording(
                        $"đã gặp {MostProblems} lỗi, dừng đọc ở đây. Hãy xem lại cả tệp.",
                        $"{MostProblems} problems so far; reading stops here. Look at the file as a whole.")));
                    yield break;
                }

                continue;
            }

            separator = Separators.MaxBy(sign => line.Count(at => at == sign));
            headings = [.. Split(line, separator).Select(heading => heading.ToLowerInvariant())];

            foreach (var column in columns.Except(headings))
            {
                problems.Add(new Problem(new Place(path, number, Key: column), new Wording(
                    $"thiếu cột “{column}”. Dòng tiêu đề cần có: {string.Join(", ", columns)}.",
                    $"column '{column}' is missing. The heading line needs: {string.Join(", ", columns)}.")));
            }

            if (problems.Count > before)
                yield break;
        }

        if (content.HasFlushedFinalBlock)
            hashed?.Invoke(Convert.ToHexStringLower(hash.Hash!));

        if (headings is null && problems.Count == before)
        {
            problems.Add(new Problem(new Place(path), new Wording(
                $"tệp trống. Dòng tiêu đề cần có: {string.Join(", ", columns)}.",
                $"the file is empty. The heading line needs: {string.Join(", ", columns)}.")));
        }
    }

    static string? ReadLine(StreamReader file, string path, int number, ICollection<Problem> problems)
    {
        try
        {
            return file.ReadLine();
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new Problem(new Place(path, number), new Wording(
                "tệp không phải UTF-8 (từ khoảng dòng này). Hãy lưu lại dạng “CSV UTF-8”.",
                "the file is not UTF-8 (from about this line). Save it again as 'CSV UTF-8'.")));
            return null;
        }
    }

    // RFC 4180 within one line: a quoted field may hold the separator, and "" for a quotation mark.
    static string[] Split(string line, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;

        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '"' && quoted && at + 1 < line.Length && line[at + 1] == '"')
                field.Append(line[at++]);
            else if (line[at] == '"')
                quoted = !quoted;
            else if (line[at] == separator && !quoted)
                fields.Add(Take(field));
            else
                field.Append(line[at]);
        }

        fields.Add(Take(field));
        return [.. fields];
    }

    static string Take(StringBuilder field)
    {
        var taken = field.ToString().Trim();
        field.Clear();
        return taken;
    }
}

/// <summary>One row of a <see cref="DataFile"/>.</summary>
sealed record DataRow(string File, int Line, string[] Headings, string[] Fields)
{
    /// <summary>The cell of a column, trimmed; empty where the row is too short.</summary>
    public string this[string column]
    {
        get
        {
            var at = Array.IndexOf(Headings, column);
            return at >= 0 && at < Fields.Length ? Fields[at] : "";
        }
    }

    public Problem Problem(string? column, Wording what) => new(new Place(File, Line, Key: column), what);
}
