using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using SmsCampaign.Simulator;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign simulate: the stand-in carriers on their own, for the lanes of the
/// installation file shipped.</summary>
static class SimulateCommand
{
    /// <summary>As in config/smscampaign.json, in parts a second.</summary>
    static readonly IReadOnlyList<(string Name, int Rate)> Carriers =
        [("viettel", 500), ("vinaphone", 300), ("mobifone", 300), ("vietnamobile", 100), ("gmobile", 50)];

    public static Command Create(Terminal terminal)
    {
        var port = Number(terminal, "--port", 8099, 0, 65535, "Cổng mạng trên máy này (0: cổng trống bất kỳ)",
            "Port on this machine (0: any that is free)");
        var seed = Number(terminal, "--seed", 1, 0, int.MaxValue, "Số gieo: cùng số thì cùng diễn biến",
            "Seed: the same seed, the same course of things");
        var rate = new Option<int?>("--rate")
        {
            Description = terminal.Text(
                "Số phần mỗi giây của mỗi nhà mạng, quá thì trả 429 (0: không giới hạn; "
                    + "không ghi thì theo tệp cấu hình mẫu)",
                "Parts a second of each carrier, 429 beyond (0: no limit; if not given as in the "
                    + "installation file shipped)"),
            CustomParser = result => ReadNumber(result, terminal, "--rate", 0, 1_000_000),
        };
        var latency = Number(terminal, "--latency", 20, 0, 600_000, "Độ trễ trả lời, mili giây",
            "Time to answer, milliseconds");
        var refused = Percent(terminal, "--refused", "tin bị từ chối hẳn", "messages refused for good");
        var failed = Percent(terminal, "--failed", "biên nhận \"không tới\"", "receipts that say not delivered");
        var noReceipt = Percent(
            terminal, "--no-receipt", "tin không bao giờ có biên nhận", "messages without any receipt");
        var duplicates = Percent(terminal, "--duplicates", "biên nhận gửi hai lần", "receipts that come twice");
        var resets = Percent(
            terminal,
            "--resets",
            "yêu cầu bị ngắt kết nối sau khi đã nhận tin",
            "calls reset after the messages were taken");
        var receipts = new Option<Uri>("--receipts")
        {
            Description = terminal.Text("Nơi nhận biên nhận",
                "Where receipts go"),
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:8090/receipts"),
            CustomParser = result => ReadAddress(result, terminal),
        };

        var command = new Command("simulate", terminal.Text(
            "Chạy năm nhà mạng mô phỏng trên máy này để diễn tập; không có tin nào tới điện thoại",
            "Run five stand-in carriers on this machine to rehearse with; nothing reaches a phone"))
        {
            port, seed, rate, latency, refused, failed, noReceipt, duplicates, resets, receipts,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            terminal,
            new SimulatorOptions(
                parsed.GetValue(seed),
                [.. Carriers.Select(carrier => new SimulatedCarrierOptions(carrier.Name)
                {
                    Rate = parsed.GetValue(rate) switch { null => carrier.Rate, 0 => null, var each => each },
                    Latency = TimeSpan.FromMilliseconds(parsed.GetValue(latency)),
                    RefusedShare = parsed.GetValue(refused),
                    FailedShare = parsed.GetValue(failed),
                    NoReceiptShare = parsed.GetValue(noReceipt),
                    DuplicateShare = parsed.GetValue(duplicates),
                    ResetShare = parsed.GetValue(resets),
                })],
                parsed.GetValue(receipts)),
            parsed.GetValue(port),
            cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(
        Terminal terminal, SimulatorOptions options, int port, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        try
        {
            await using var network = await SimulatedNetwork.StartAsync(options, TimeProvider.System, port);
            terminal.Say(
                $"Nhà mạng mô phỏng ({Names(options)}) đang chạy tại {network.Address}, biên nhận gửi tới "
                    + $"{options.ReceiptUrl}, số liệu ở {network.Address}stats. Nhấn Ctrl-C để dừng.",
                $"Stand-in carriers ({Names(options)}) run at {network.Address}, receipts go to {options.ReceiptUrl}, "
                    + $"figures are at {network.Address}stats. Press Ctrl-C to stop.");

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            var stats = network.Stats();
            terminal.Say(
                $"Đã dừng: {stats.Carriers.Sum(each => each.Taken)} tin tới {stats.DistinctPhones} số, "
                    + $"{stats.PhonesWithMoreThanOne} số nhận hơn một tin.",
                $"Stopped: {Figures.Counted(stats.Carriers.Sum(each => each.Taken), "message")} to "
                    + $"{Figures.Counted(stats.DistinctPhones, "phone")}; with more than one: "
                    + $"{stats.PhonesWithMoreThanOne}.");
            return ExitCode.Done;
        }
        catch (IOException)
        {
            terminal.SayError(new Wording(
                $"Cổng mạng {port} đang được chương trình khác dùng. Hãy chọn cổng khác bằng --port.",
                $"Port {port} is in use by another program. Choose another with --port."));
            return ExitCode.CouldNot;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    static string Names(SimulatorOptions options) =>
        string.Join(", ", options.Carriers.Select(carrier => carrier.Name));

    static Option<int> Number(
        Terminal terminal, string name, int standard, int least, int most, string vi, string en) =>
        new(name)
        {
            Description = terminal.Text(vi, en),
            DefaultValueFactory = _ => standard,
            CustomParser = result => ReadNumber(result, terminal, name, least, most) ?? standard,
        };

    /// <returns>Null where it is none, which has been said.</returns>
    static int? ReadNumber(ArgumentResult result, Terminal terminal, string name, int least, int most)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most)
            return number;

        result.AddError(terminal.Text(
            $"{name} cần một số nguyên từ {least} đến {most}.",
            $"{name} takes a whole number from {least} to {most}."));
        return null;
    }

    /// <summary>A share given in percent, with a point for decimals whatever the machine's region.</summary>
    static Option<double> Percent(Terminal terminal, string name, string vi, string en) => new(name)
    {
        Description = terminal.Text($"Phần trăm {vi} (mặc định 0)", $"Per cent of {en} (default 0)"),
        CustomParser = result =>
        {
            if (double.TryParse(
                result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                && percent <= 100)
            {
                return percent / 100;
            }

            result.AddError(terminal.Text(
                $"{name} cần số phần trăm từ 0 đến 100, như 2.5.",
                $"{name} takes per cent from 0 to 100, such as 2.5."));
            return 0;
        },
    };

    static Uri? ReadAddress(System.CommandLine.Parsing.ArgumentResult result, Terminal terminal)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url)
            && url is { Scheme: "http", IsLoopback: true })
            return url;

        result.AddError(terminal.Text(
            "--receipts cần một địa chỉ http trong máy này.", "--receipts takes an http address on this machine."));
        return null;
    }
}
