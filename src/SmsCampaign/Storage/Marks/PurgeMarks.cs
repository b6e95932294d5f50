using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmsCampaign.Storage.Marks;

/// <summary>A line of <see cref="PurgeMarks"/>.</summary>
/// <param name="Run">Key of the run whose numbers are erased; null: it is about a single number, or the key.</param>
/// <param name="Code">Of that run.</param>
/// <param name="Hash">Of a number that is never texted again.</param>
/// <param name="KeyId">By which hashes are made.</param>
/// <param name="At">When, as <see cref="SqlTime"/> writes it.</param>
sealed record PurgeMark(string? Run, string? Code, long? Hash, string? KeyId, string At)
{
    /// <summary>That a person wants the numbers of the run kept: who, and why. Null: they are erased.</summary>
    public string? HeldBy { get; init; }

    public string? HeldFor { get; init; }

    /// <summary>Whether it lets such a word go.</summary>
    public bool IsLetGo { get; init; }

    /// <summary>Whether it is about keeping them, and nothing is erased.</summary>
    [JsonIgnore]
    public bool IsHold => HeldBy is not null || IsLetGo;
}

/// <summary>
/// Which numbers were erased, kept outside the data folder too: a restored backup does not bring them back unnoticed.
/// </summary>
/// <remarks>A line each. Only ever added to, and on disk before anything is erased.</remarks>
sealed class PurgeMarks(DataFolder data)
{
    readonly MarkLines _lines = new(data, "numbers.erased");

    /// <summary>On disk when it returns. What stands there already is not added again.</summary>
    /// <exception cref="LedgerException">It cannot be read or written.</exception>
    public void Add(PurgeMark mark)
    {
        if (!mark.IsHold && Read().Any(each => each with { At = mark.At } == mark))
            return;

        _lines.Add(
            JsonSerializer.Serialize(mark, StorageJson.Default.PurgeMark),
            why => new Wording(
                $"chưa ghi được việc xóa số điện thoại vào {_lines.File}: {why}",
                $"that numbers are erased cannot be written to {_lines.File}: {why}"));
    }

    /// <exception cref="LedgerException">They cannot be read: what was erased is not known then.</exception>
    public IReadOnlyList<PurgeMark> Read()
    {
        if (!File.Exists(_lines.File))
            return [];
        if (_lines.TryRead(out var lines) is { } unread)
            throw Unreadable(unread);

        var marks = new List<PurgeMark>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].EndsWith('}')) // cut off by a kill: nothing was erased by it yet
                continue;

            try
            {
                marks.Add(JsonSerializer.Deserialize(lines[at], StorageJson.Default.PurgeMark)!);
            }
            catch (JsonException)
            {
                throw Unreadable(new Wording($"dòng {at + 1}", $"line {at + 1}"));
            }
        }

        return marks;
    }

    LedgerException Unreadable(Wording why) => new(new Wording(
        $"Không đọc được {_lines.File} ({why}), nên không biết số điện thoại của lượt nào đã được xóa. Hãy báo kỹ sư "
            + $"phụ trách cho tài khoản chạy chương trình đọc và ghi thư mục {data.Marks}, hoặc sửa dòng hỏng.",
        $"{_lines.File} cannot be read ({why}), so that it is not known of which runs the numbers were erased. Have "
            + $"your "
            + $"engineer let the account the program runs as read and write the folder {data.Marks}, or mend the "
            + $"broken "
            + $"line."))
    {
        File = _lines.File,
        Fault = StorageFault.Closed,
    };
}
