using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;

namespace SmsCampaign.App;

/// <summary>
/// Tells a person where a run's report lies and whether it balances (rule 7).
/// </summary>
static class RunReporting
{
    /// <returns>The exit code.</returns>
    public static int Say(Terminal terminal, RunKey run, ReportResult result)
    {
        terminal.Say($"Báo cáo lượt gửi {run}:", $"Report on run {run}:");
        foreach (var file in result.Files)
            terminal.Output.WriteLine(file);
        if (result.Unrecorded is { } why)
        {
            terminal.SayError(new Wording(
                $"Báo cáo đã ghi, nhưng mã kiểm tra của nó CHƯA được ghi vào chuỗi kiểm toán: {why}",
                $"The report is written, but the audit chain does NOT hold its hash: {why}"));
        }

        if (result.Preliminary is { } preliminary)
            terminal.Say($"{preliminary}.", $"{preliminary}.");
        var balanced = SayBalance(terminal, result.Balance);
        if (result.Differences.Count == 0)
            return balanced;

        terminal.SayError(RunVerification.Describe(result.Differences));
        return ExitCode.CouldNot;
    }

    /// <returns>The exit code.</returns>
    public static int SayUnwritable(Terminal terminal, string folder, Exception why)
    {
        terminal.SayError(why is ReportFolderException refused ? refused.Words : File.Exists(folder)
            ? new(
                $"Không ghi được báo cáo: {folder} là một tệp. Hãy chỉ một thư mục bằng --out.",
                $"The report could not be written: {folder} is a file. Name a folder with --out.")
            : StorageFaults.KindOf(why) == StorageFault.DiskFull
            ? new(
                $"Không ghi được báo cáo vào {folder} ({FaultWords.Of(why)}). Hãy dọn chỗ trống rồi chạy lại lệnh, "
                    + $"hoặc chọn thư mục trên đĩa khác bằng --out.",
                $"The report could not be written to {folder}: {why.Message}\n"
                    + $"Make room and run the command again, or name a folder on another disk with --out.")
            : new(
                $"Không ghi được báo cáo vào {folder} ({FaultWords.Of(why)}).\n"
                    + $"Nếu tệp đang mở trong Excel, hãy đóng lại rồi chạy lại lệnh.",
                $"The report could not be written to {folder}: {why.Message}\n"
                    + $"If a file is open in Excel, close it and run the command again."));
        return ExitCode.CouldNot;
    }

    public static int SayBalance(Terminal terminal, Balance balance)
    {
        string Of(long count) => Figures.Count(count).In(terminal.Language);
        var audience = Of(balance.Audience);
        var terms = string.Join(
            " + ", balance.Terms.Select(term => $"{term.NameIn(terminal.Language)} {Of(term.Count)}"));
        if (balance.Holds)
        {
            terminal.Say(
                $"Cân đối đúng: số dòng danh sách {audience} = {terms}", $"Balances: audience {audience} = {terms}");
            return ExitCode.Done;
        }

        var found = balance.Wrong is { } wrong
            ? new Wording($"Đếm từng dòng: {wrong}. ", $"Its rows, counted: {wrong}. ")
            : new Wording("", "");
        terminal.SayError(new(
            $"Cân đối SAI, chênh lệch {Of(balance.Difference)}: số dòng danh sách {audience}; {terms}. {found}"
                + $"Không dùng báo cáo này, hãy báo kỹ sư phụ trách.",
            $"Does NOT balance, difference {Of(balance.Difference)}: audience {audience}; {terms}. {found}"
                + $"Do not use this report, tell your engineer."));
        return ExitCode.CouldNot;
    }
}
