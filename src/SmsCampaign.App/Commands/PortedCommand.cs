using System.CommandLine;
using System.Globalization;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign ported [--out FILE --by NAME]</summary>
sealed class PortedCommand
{
    readonly Terminal _terminal;
    readonly Option<FileInfo?> _out;
    readonly Option<string?> _by;

    PortedCommand(Terminal terminal)
    {
        _terminal = terminal;
        _out = new Option<FileInfo?>("--out")
        {
            Description = _terminal.Text(
                "Ghi các số, đầy đủ, vào tệp CSV này", "Write the numbers, in full, to this CSV file"),
            HelpName = _terminal.Text("tệp", "file"),
        };
        _by = new Option<string?>("--by")
        {
            Description = _terminal.Text(
                "Họ tên người yêu cầu số đầy đủ", "Name of the person who asks for numbers in full"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var ported = new PortedCommand(terminal);
        var command = new Command("ported", terminal.Text(
            "Xem các số mà nhà mạng báo đã chuyển mạng giữ số",
            "List the numbers that gateways said are on another network"))
        {
            ported._out, ported._by,
        };

        command.SetAction(ported.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var desk = new PortedDesk(SharedOptions.FolderOf(parsed), _terminal.Time);
        var numbers = desk.Read();
        var who = SharedOptions.WhoBy(parsed.GetValue(_by));
        var file = parsed.GetValue(_out)?.FullName;
        var problems = file is not null ? PortedDesk.Check(who, file).Select(ToProblem)
            : parsed.GetValue(_by) is not null
            ? [new Problem(null, new("--by chỉ dùng cùng --out TỆP.", "--by goes only with --out FILE."))]
            : [];
        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        if (numbers.Count == 0)
            _terminal.Say(
                "Chưa có nhà mạng nào báo số chuyển mạng giữ số.", "No gateway has told of a ported number yet.");
        else
            Show(numbers);

        return numbers.Count == 0 || file is null ? ExitCode.Done : Say(desk.Write(who, file, numbers), who.Person);
    }

    void Show(IReadOnlyList<LearnedNumber> numbers)
    {
        _terminal.Say(
            "Số thuê bao mà nhà mạng báo đang ở mạng khác. Các kế hoạch lập sau này gửi chúng tới đúng mạng; "
                + "danh sách trong numbers.ported được ưu tiên.",
            "Numbers that gateways said are on another network. Runs planned from now on send them there; "
                + "the lists of numbers.ported count for more.");

        var table = new TextTable(
            _terminal.Text("Mạng hiện nay", "Network now"),
            _terminal.Text("Kênh gửi đã báo", "Told by lane"),
            _terminal.Text("Số thuê bao", "Numbers"),
            _terminal.Text("Lần cuối", "Latest"))
        {
            Left = new HashSet<int> { 1 },
        };
        foreach (var group in numbers.GroupBy(number => (number.Carrier, number.Lane))
            .OrderBy(group => group.Key.Carrier, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Lane, StringComparer.Ordinal))
        {
            var latest = VietnamTime.Moment(group.Max(number => number.At));
            table.Add(
                group.Key.Carrier,
                group.Key.Lane,
                group.Count().ToString(CultureInfo.InvariantCulture),
                latest.In(_terminal.Language));
        }

        table.Write(_terminal.Output);
    }

    int Say(PortedResult result, string by)
    {
        switch (result)
        {
            case PortedResult.Refused refused:
                _terminal.List(refused.Findings.Select(ToProblem));
                return ExitCode.InputHasProblems;
            case PortedResult.Unwritable(var file, var failure):
                _terminal.Say(
                    $"Không ghi được {file} ({FaultWords.Of(failure)}). Hãy chọn tệp ở thư mục khác.",
                    $"{file} cannot be written ({failure.Message}). Choose a file in another folder.");
                return ExitCode.CouldNot;
            case PortedResult.Written(var file, var count):
                _terminal.Say(
                    $"Đã ghi {count} số đầy đủ vào {file}, người yêu cầu: {by}. "
                        + $"Tệp này là dữ liệu cá nhân; dùng xong hãy xóa.",
                    $"Wrote {Figures.Counted(count, "number")} in full to {file}, asked for by {by}. "
                        + $"The file is personal data: delete it when it has served.");
                return ExitCode.Done;
            default:
                throw new InvalidOperationException($"not a result of writing ported numbers: {result}");
        }
    }

    static Problem ToProblem(PortedFinding finding) => finding switch
    {
        PortedFinding.NoName => new Problem(null, new(
            "--out ghi số thuê bao đầy đủ nên phải có --by \"Họ tên\" của người yêu cầu.",
            "--out writes numbers in full and needs --by \"NAME\" of the person who asks.")),
        PortedFinding.IsThere(var file) => new Problem(
            new Place(file), new("đã có sẵn. Hãy chọn tên tệp khác.", "is there already. Choose another name.")),
        PortedFinding.BadName(var reason) => new Problem(null, reason),
        PortedFinding.NoFolder(var file) => new Problem(new Place(file), new(
            "thư mục chưa có. Hãy tạo thư mục hoặc chọn nơi khác.",
            "its folder is not there. Make it, or choose another place.")),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };
}
