using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Reports;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign report --verify DIR [CAMPAIGN [--date DATE] [--simulate]]</summary>
sealed class ReportVerify(Terminal terminal)
{
    public Option<DirectoryInfo?> Option { get; } = new("--verify")
    {
        Description = terminal.Text(
            "Đối chiếu báo cáo trong thư mục này với kiem-tra.txt và sổ gửi tin; không ghi gì",
            "Hold the report in this folder to its kiem-tra.txt and to the ledger; nothing is written"),
    };

    /// <param name="run">Null: the one that the report says it is of.</param>
    public int Run(DirectoryInfo folder, DataFolder data, RunKey? run)
    {
        switch (new VerifyDesk(data).Verify(folder.FullName, run, terminal.Language))
        {
            case ReportVerdict.NoFolder(var path):
                return Refuse(new(
                    $"Không có thư mục {path}. Hãy ghi thư mục của báo cáo sau --verify.",
                    $"There is no folder {path}. Name the folder of the report behind --verify."));
            case ReportVerdict.OfUnknownRun(var path):
                return Refuse(new(
                    $"Không biết {path} là báo cáo của lượt gửi nào: không đọc được tong-hop.csv ở đó. Hãy ghi thêm "
                        + $"chiến dịch và --date.",
                    $"Of which run the report in {path} is cannot be told: there is no tong-hop.csv that can be read. "
                        + $"Name the campaign and --date as well."));
            case ReportVerdict.OfOther(var path, var says, var named):
                return Refuse(new(
                    $"{path}: tong-hop.csv ghi lượt gửi {says}, không phải {named}. Hãy ghi đúng thư mục hoặc đúng "
                        + $"lượt gửi.",
                    $"{path}: tong-hop.csv says run {says}, and not {named}. Name the other folder, or the other "
                        + $"run."));
            case ReportVerdict.NoRun(var none):
                return Refuse(new(
                    $"Thư mục dữ liệu {data.Root} không có lượt gửi {none}. Hãy kiểm tra --data.",
                    $"There is no run {none} in the data folder {data.Root}. Check --data."));
            case ReportVerdict.Unusable(var why):
                terminal.SayError(new(
                    $"Không đối chiếu được: {FaultWords.Of(why)}. Báo cáo và sổ gửi tin không bị động tới.",
                    $"It could not be held to the ledger: {why.Message}. Neither was touched."));
                return ExitCode.CouldNot;
            case ReportVerdict.Checked(var check):
                Say(check);
                return check.Holds ? ExitCode.Done : ExitCode.CouldNot;
            case var unknown:
                throw new InvalidOperationException($"not a verdict: {unknown}");
        }
    }

    int Refuse(Wording why)
    {
        terminal.List([new Problem(null, why)]);
        return ExitCode.InputHasProblems;
    }

    /// <summary>Lines of files are shown as they are, and not broken.</summary>
    void Say(ReportCheck check)
    {
        var screen = terminal.Wrapped();
        foreach (var line in ReportCheckWords.Of(check))
        {
            if (line.IsAlarm)
                screen.SayError(line.Text);
            else
                (line.IsOfFile ? terminal : screen).Say(line.Text);
        }
    }
}
