using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Orders.Words;

namespace SmsCampaign.WebConsole.Uploads;

/// <summary>Something that was found in a file that was uploaded.</summary>
/// <param name="Where">Sheet, line and column; null where the whole is meant.</param>
public sealed record ImportFinding(Severity Severity, string? Where, Wording What);

/// <summary>What came of a carrier's report that was uploaded: to be shown, numbers masked.</summary>
/// <param name="File">Its name.</param>
/// <param name="Questions">To be asked of the carrier.</param>
/// <param name="Balance">What was taken; empty where it was not.</param>
public sealed record ImportOutcome(
    string Holder,
    string File,
    bool IsTaken,
    IReadOnlyList<ImportFinding> Findings,
    IReadOnlyList<Wording> Questions,
    IReadOnlyList<Wording> Balance)
{
    /// <summary>That it was refused before it was read.</summary>
    public static ImportOutcome Refuse(string holder, string file, Wording why) => new(
        holder, file, IsTaken: false, [new ImportFinding(Severity.Error, null, why)], [], []);

    /// <param name="folder">Where the file lay for as long as it was read: nothing of it is shown.</param>
    public static ImportOutcome Of(string holder, string file, ResultImport import, string folder)
    {
        return import switch
        {
            ResultImport.Refused refused => new ImportOutcome(
                holder, file, IsTaken: false, Show(refused.Problems), [.. refused.Questions.Select(Clean)], []),
            ResultImport.Taken taken => new ImportOutcome(
                holder,
                file,
                IsTaken: true,
                Show(taken.Warnings),
                [.. taken.Questions.Select(Clean)],
                [.. OrderBalanceWords.Lines(taken.Order.Balance!)]),
            _ => throw new InvalidOperationException($"not a result of importing: {import}"),
        };

        List<ImportFinding> Show(IReadOnlyList<Problem> problems) =>
        [
            .. problems.Select(problem => new ImportFinding(
                problem.Severity,
                problem.Where is { } where ? NumberMask.In(Within($"{where}")) : null,
                Clean(problem.What))),
        ];

        Wording Clean(Wording words)
        {
            var (vi, en) = (NumberMask.In(ImportWords.InForm(Within(words.Vi))), NumberMask.In(Within(words.En)));
            return new Wording($"{vi}", $"{en}");
        }

        string Within(string text) => text.Replace(
            folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }
}

/// <summary>Options of the verb in the words of the form.</summary>
static class ImportWords
{
    static readonly (string Verb, string Form)[] All =
    [
        ("--on: ngày", "Ngày"),
        ("--corrects: lệnh này", "Lệnh này"),
        ("Hãy bỏ --corrects.", "Hãy để trống ô Lý do sửa."),
        ("thì ghi thêm --corrects \"lý do\"", "thì ghi vào ô Lý do sửa"),
        ("Ghi nhận trước bằng 'order sent'.", "Ghi nhận việc gửi trước."),
        ("Hãy xem 'status' rồi nhập lại.", "Tải lại trang rồi nhập lại."),
        (" Hãy ghi thêm --segment.", " Hãy chọn đúng công văn."),
    ];

    public static string InForm(string text) => All.Aggregate(
        text, (words, pair) => words.Replace(pair.Verb, pair.Form, StringComparison.Ordinal));
}
