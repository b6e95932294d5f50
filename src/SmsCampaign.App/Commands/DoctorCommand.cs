using System.CommandLine;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign doctor [LANE …] [--json]</summary>
/// <remarks>Asks the gateways themselves, and sends nothing.</remarks>
static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var lanes = new Argument<string[]>(terminal.Text("kênh", "lane"))
        {
            Description = terminal.Text(
                "các kênh gửi cần kiểm tra (mặc định: tất cả)", "lanes to check (default: all)"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>("--json")
        {
            Description = terminal.Text(
                "in kết quả dạng JSON cho chương trình khác đọc", "print the result as JSON for scripts"),
        };
        var command = new Command("doctor", terminal.Text(
            "Hỏi cổng nhắn tin của các nhà mạng xem tài khoản có dùng được không: đăng nhập, số dư, tên định danh, "
                + "mẫu tin. Không gửi tin nào",
            "Ask the gateways whether the accounts can be used: login, balance, sender, templates. Sends nothing"))
        {
            lanes, json,
        };

        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(lanes) ?? [],
            SharedOptions.InstallationOf(parsed).FullName,
            SharedOptions.FolderOf(parsed),
            parsed.GetValue(json),
            terminal,
            cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(
        string[] names,
        string installationFile,
        DataFolder data,
        bool json,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        var reading = Installation.Read(installationFile);
        var problems = reading.Problems.ToList();
        foreach (var name in reading.Installation is { } read
            ? names.Where(name => read.Find(name) is null).Distinct()
            : [])
        {
            var known = string.Join(", ", reading.Installation!.Lanes.Select(lane => lane.Name));
            problems.Add(new Problem(new Place(installationFile, Key: "lanes"), new Wording(
                $"Không có kênh gửi nào tên '{name}'. Đang có: {known}.",
                $"No lane is called '{name}'. There are: {known}.")));
        }

        if (terminal.List(problems) || reading.Installation is not { } installation)
            return ExitCode.InputHasProblems;

        var stopped = new LaneDesk(data, terminal.Time).Read();
        var checks = await Task.WhenAll(installation.Lanes
            .Where(lane => names.Length == 0 || names.Contains(lane.Name))
            .Select(async lane => new LaneCheck(
                lane,
                stopped.FirstOrDefault(stop => stop.Lane == lane.Name),
                await CheckAsync(lane, cancellationToken))));

        if (json)
            terminal.SayJson(new { Lanes = checks.Select(check => ToJson(check, terminal.Language)) });
        else
            Say(checks, terminal);

        return Array.Exists(checks, check => !check.IsGood) ? ExitCode.CouldNot : ExitCode.Done;
    }

    static async Task<IReadOnlyList<AccountFinding>> CheckAsync(Lane lane, CancellationToken cancellationToken)
    {
        using var http = CarrierHttp.CreateSender(lane.Options);
        var carrier = CarrierTypes.CreateCarrier(lane, http);
        using var owned = carrier as IDisposable;
        return carrier is IAccountCheck check ? await check.CheckAccountAsync(cancellationToken) : [];
    }

    static void Say(IReadOnlyList<LaneCheck> checks, Terminal terminal)
    {
        foreach (var check in checks)
        {
            terminal.Say(
                $"{check.Lane.Name} ({check.Lane.Options.Type})", $"{check.Lane.Name} ({check.Lane.Options.Type})");
            if (check.Stop is { } stop)
                StoppedLanes.Say([stop], terminal);
            if (check.Findings.Count == 0)
                terminal.Say(
                    "  Cổng nhắn tin loại này không hỏi được về tài khoản: hãy gửi thử cho vài số của đơn vị.",
                    "  A gateway of this type cannot be asked about the account; only sending shows.");

            foreach (var finding in check.Findings)
            {
                var state = finding.IsGood switch
                {
                    true => new Wording("dùng được", "good"),
                    false => new Wording("CHƯA DÙNG ĐƯỢC", "NOT GOOD"),
                    _ => new Wording("chưa kiểm tra được", "not known"),
                };
                terminal.Say(
                    $"  {state}: {NumberMask.In(finding.Words)}", $"  {state}: {NumberMask.In(finding.Words)}");
            }
        }
    }

    static object ToJson(LaneCheck check, Language language) => new
    {
        check.Lane.Name,
        check.Lane.Options.Type,
        check.IsGood,
        StoppedAt = check.Stop?.At,
        Findings = check.Findings.Select(
            finding => new { finding.IsGood, Words = NumberMask.In(finding.Words.In(language)) }),
    };

    sealed record LaneCheck(Lane Lane, LaneStop? Stop, IReadOnlyList<AccountFinding> Findings)
    {
        public bool IsGood => Stop is null && Findings.All(finding => finding.IsGood != false);
    }
}
