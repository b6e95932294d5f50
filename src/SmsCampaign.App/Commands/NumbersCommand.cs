using System.CommandLine;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Office;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign numbers [FILE] [--json] [--masked]</summary>
/// <remarks>Says back what the person has just given it, in full unless asked otherwise: nothing here comes out of a
/// ledger or a subscriber list of ours, and a masked number is no answer to how it was read.</remarks>
static class NumbersCommand
{
    static readonly (NumberRepair Repair, Wording Name)[] Repairs =
    [
        (NumberRepair.LeadingZeroRestored, new("thêm lại số 0 đầu", "leading zero restored")),
        (NumberRepair.OldFormMapped, new("đổi từ số 11 chữ số cũ", "mapped from the old 11 digits")),
        (NumberRepair.ExtraZeroDropped, new("bỏ số 0 thừa cạnh mã nước", "extra zero beside the country code dropped")),
        (NumberRepair.DecimalRead, new(
            "đọc từ số thập phân của bảng tính", "read from a spreadsheet's decimal number")),
        (NumberRepair.WordsDropped, new("bỏ chữ quanh số", "words around it dropped")),
        (NumberRepair.ExtensionDropped, new("bỏ số máy lẻ", "extension dropped")),
    ];

    public static Command Create(Terminal terminal)
    {
        var file = WrittenInput.Argument(terminal.Language, new Wording(
            "tệp số điện thoại, mỗi dòng một số; không ghi thì đọc từ đầu vào chuẩn",
            "file of telephone numbers, one a line; stdin if not given"));
        var json = new Option<bool>("--json")
        {
            Description = terminal.Text(
                "In một dòng JSON cho mỗi dòng đầu vào", "Print a JSON line for every input line"),
        };
        var masked = new Option<bool>("--masked")
        {
            Description = terminal.Text("Che số như 84912***678", "Mask numbers as 84912***678"),
        };
        var command = new Command("numbers", terminal.Text(
            "Đọc số điện thoại viết theo nhiều cách: số chuẩn hóa hoặc lý do loại, nhà mạng, "
                + "và căn cứ xác định nhà mạng",
            "Read numbers as people write them: the number or why not, its carrier, and the rule that decided"))
        {
            file,
            json,
            masked,
        };

        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(file),
            SharedOptions.InstallationOf(parsed),
            SharedOptions.FolderOf(parsed),
            parsed.GetValue(json),
            parsed.GetValue(masked),
            terminal));
        return command;
    }

    static int Run(string file, FileInfo installation, DataFolder data, bool json, bool masked, Terminal terminal)
    {
        var problems = new List<Problem>();
        var (reader, prefixes, decider) = Load(installation, data, problems);
        if (terminal.List(problems))
            return ExitCode.InputHasProblems;

        var read = WrittenInput.ForEachLine(file, terminal, (line, number) =>
        {
            var reading = reader.Read(line);
            var decision = reading.IsMobile ? decider.Decide(reading.Number) : default;
            var carrier = reading.IsMobile && decision.Carrier >= 0 ? decision.Carrier : (int?)null;
            var shown = (reading.IsMobile, masked) switch
            {
                (true, false) => reading.Number.Digits,
                (true, true) => reading.Number.Masked,
                (false, false) => line,
                (false, true) => PhoneNumber.Mask(line),
            };

            terminal.Output.WriteLine(json
                ? JsonLine.Of(new
                {
                    Line = number,
                    Number = reading.IsMobile ? shown : null,
                    reading.Reason,
                    Carrier = carrier is { } index ? prefixes.Carriers[index] : null,
                    decision.Rule,
                    Repairs = Repairs.Where(repair => reading.Repair.HasFlag(repair.Repair)).Select(
                        repair => repair.Repair),
                })
                : Describe(shown, reading, carrier is { } at ? prefixes.Names.DisplayNameOf(at) : null, decision.Rule)
                    .In(terminal.Language));
        });

        return read ? ExitCode.Done : ExitCode.InputHasProblems;
    }

    static (NumberReader Reader, PrefixTable Prefixes, CarrierDecider Decider) Load(
        FileInfo installation, DataFolder data, List<Problem> problems)
    {
        var settings = new NumberSettings();
        if (installation.Exists)
        {
            var reading = Installation.Read(installation.ToString());
            problems.AddRange(reading.Problems.Where(problem => problem.Severity == Severity.Error));
            settings = reading.Installation?.Numbers ?? settings;
        }

        var folder = Path.GetDirectoryName(installation.FullName)!;
        var prefixes = PrefixTable.Load(
            Path.Combine(folder, settings.Prefixes), Path.Combine(folder, settings.Carriers), problems);
        var reader = new NumberReader(prefixes);
        var ported = PortedList.Load(settings.Ported, reader, prefixes.Names, problems)
            .With(
                new PortedDesk(data, TimeProvider.System).Read().Select(learned => learned.OnNetwork), prefixes.Names);
        return (reader, prefixes, new CarrierDecider(prefixes, ported));
    }

    // Columns by tab: what came of it, carrier, rule, what was done.
    static Wording Describe(string shown, NumberReading reading, string? carrier, CarrierRule? rule)
    {
        if (reading.Reason is { } reason)
        {
            var why = ExclusionReasonWords.Of(reason);
            return new Wording($"{shown}\tloại: {why}", $"{shown}\texcluded: {why}");
        }

        var repairs = Wording.Join(
            "; ", Repairs.Where(repair => reading.Repair.HasFlag(repair.Repair)).Select(repair => repair.Name));
        var by = rule is { } decided ? CarrierRuleWords.Of(decided) : new Wording("không có căn cứ", "no rule knows");
        var known = new Wording(
            $"{shown}\t{carrier ?? "chưa xác định được nhà mạng"}\t{by}",
            $"{shown}\t{carrier ?? "carrier unknown"}\t{by}");
        return repairs.En.Length == 0 ? known : new Wording($"{known}\t{repairs}", $"{known}\t{repairs}");
    }
}
