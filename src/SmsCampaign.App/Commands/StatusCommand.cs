using System.CommandLine;
using SmsCampaign.App.Sending;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign status [CAMPAIGN] [--lanes] [--history] [--watch] [--json]</summary>
/// <remarks>What is watched is the lanes of what is under way; with <c>--lanes</c> or <c>--history</c> the page that
/// shows them.</remarks>
sealed class StatusCommand
{
    /// <summary>How often <c>--watch</c> looks.</summary>
    public static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    readonly Terminal _terminal;
    readonly Argument<string?> _campaign;
    readonly Option<bool> _lanes;
    readonly Option<bool> _history;
    readonly Option<bool> _watch;
    readonly Option<bool> _json;

    StatusCommand(Terminal terminal)
    {
        _terminal = terminal;
        _campaign = new Argument<string?>(terminal.Text("chiến-dịch", "campaign"))
        {
            Description = terminal.Text(
                "mã chiến dịch hoặc tệp chiến dịch (mặc định: tất cả)", "campaign's id or file (default: all)"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        _lanes = new Option<bool>("--lanes")
        {
            Description = terminal.Text("xem số tin của từng kênh gửi", "show each lane's figures"),
        };
        _history = new Option<bool>("--history")
        {
            Description = terminal.Text(
                "xem nhịp gửi của từng kênh, mọi quyết định và các tin do người xử lý",
                "show each lane's pace, every decision, and what persons settled"),
        };
        _watch = new Option<bool>("--watch")
        {
            Description = terminal.Text(
                "xem liên tục từng kênh gửi: tốc độ, số tin, dự kiến xong; cập nhật mỗi 2 giây, nhấn Ctrl-C để thôi",
                "watch each lane: rate, messages, when it is done; looks again every 2 seconds, press Ctrl-C to end"),
        };
        _json = new Option<bool>("--json")
        {
            Description = terminal.Text(
                "in kết quả dạng JSON cho chương trình khác đọc", "print the result as JSON for scripts"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var status = new StatusCommand(terminal);
        var command = new Command("status", terminal.Text(
            "Dịch vụ gửi có chạy không, khung giờ gửi tới, các lượt gửi đang ở đâu: phê duyệt, số tin theo kết "
                + "quả, quyết định gần nhất",
            "Whether the service runs, the next window, and where every run stands: approval, messages by "
                + "status, the latest decision"))
        {
            status._campaign, status._lanes, status._history, status._watch, status._json,
        };

        command.Validators.Add(result =>
        {
            if (SharedOptions.IsGiven(result, status._watch) && SharedOptions.IsGiven(result, status._json))
                result.AddError(terminal.Text(
                    "--watch không dùng cùng --json: hãy chọn một.", "--watch does not go with --json: choose one."));
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(status._watch)
            ? status.WatchAsync(parsed, cancellationToken)
            : Task.FromResult(status.Look(parsed, terminal)));
        return command;
    }

    /// <summary>Looks again and again until it is stopped.</summary>
    async Task<int> WatchAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var stop = new StopRequest(cancellationToken);
        var rates = new LaneRates(_terminal.Time);
        while (true)
        {
            var exit = Draw(parsed, rates);
            await Task.Delay(Glance, _terminal.Time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.Token.IsCancellationRequested)
                return exit;
        }
    }

    /// <summary>On a screen over what was there; elsewhere below it.</summary>
    int Draw(ParseResult parsed, LaneRates rates)
    {
        using var shown = new StringWriter();
        var page = new Terminal(shown, shown, _terminal.Language, _terminal.OutputIsTerminal) { Time = _terminal.Time };
        var now = VietnamTime.Moment(_terminal.Time.GetUtcNow());
        page.Wrapped().Say(
            $"Lúc {now}. Nhấn Ctrl-C để thôi xem; việc gửi không phụ thuộc màn hình này.",
            $"At {now}. Press Ctrl-C to end; sending does not depend on this screen.");
        int exit;
        try
        {
            exit = parsed.GetValue(_lanes) || parsed.GetValue(_history)
                ? Look(parsed, page)
                : LookLive(parsed, rates, page);
        }
        catch (Exception thrown) when (Trouble.Of(thrown, SharedOptions.FolderOf(parsed)) is { } trouble)
        {
            page.Wrapped().SayError(trouble); // it may be over at the next look
            exit = ExitCode.CouldNot;
        }

        _terminal.Redraw(shown.ToString());
        return exit;
    }

    int LookLive(ParseResult parsed, LaneRates rates, Terminal terminal)
    {
        var (data, campaign) = (SharedOptions.FolderOf(parsed), parsed.GetValue(_campaign));
        var screen = terminal.Wrapped();
        var view = StatusView.ReadOften(
            data, SharedOptions.InstallationOf(parsed).ToString(), terminal.Time, campaign);
        rates.Note(view);
        if (campaign is not null && view.Runs.Count == 0 && KnownRuns.Read(data, campaign).Count == 0)
        {
            screen.SayError(RunChoice.NoRuns(data, campaign, KnownRuns.ReadCampaigns(data)));
            return ExitCode.CouldNot;
        }

        new StatusLive(view, rates, screen).Write();
        if (view.Runs.Count == 0)
            screen.Say(
                "Không có lượt gửi nào đang gửi, đang chờ hay vừa xong.",
                "No run is under way, waits or is just over.");
        return view.IsSound ? ExitCode.Done : ExitCode.CouldNot;
    }

    int Look(ParseResult parsed, Terminal terminal)
    {
        var data = SharedOptions.FolderOf(parsed);
        var campaign = parsed.GetValue(_campaign);
        var json = parsed.GetValue(_json);
        var view = StatusView.Read(data, SharedOptions.InstallationOf(parsed).ToString(), campaign, terminal.Time);
        var screen = terminal.Wrapped();

        if (campaign is not null && view.Runs.Count == 0)
        {
            foreach (var key in view.Unlisted)
                screen.SayError(MarkWords.Unlisted(data, key));
            screen.SayError(RunChoice.NoRuns(data, campaign, KnownRuns.ReadCampaigns(data)));
            return ExitCode.CouldNot;
        }

        if (json)
        {
            foreach (var problem in view.Stopped
                .Select(stop => stop.Unreadable)
                .OfType<Wording>()
                .Concat(view.Problems.Select(problem => problem.What)))
                screen.SayError(problem);
            terminal.SayJson(StatusJson.Of(view, terminal.Language));
        }
        else
        {
            Write(view, data, new StatusDetails(parsed.GetValue(_lanes), parsed.GetValue(_history)), screen);
        }

        return view.IsSound ? ExitCode.Done : ExitCode.CouldNot;
    }

    static void Write(StatusView view, DataFolder data, StatusDetails shown, Terminal screen)
    {
        new StatusHeadline(view, screen).Write();
        foreach (var problem in view.Problems)
            screen.SayError(problem.What);
        screen.Output.WriteLine();

        if (view.Runs.Count == 0 && view.Unlisted.Count == 0)
            screen.Say($"Chưa có lượt gửi nào trong {data.Root}.", $"There are no runs in {data.Root}.");
        foreach (var run in view.Runs)
            new StatusText(
                run,
                [.. view.OrdersOf(run)],
                view.Openings.FirstOrDefault(opening => opening.Run == run.Run.FindKey()),
                shown,
                view.At,
                screen).Write();
        Say(view.Strays, screen);
        if (view.Runs.Count > 0 && shown is not { Lanes: true, History: true })
            screen.Say(
                "Xem thêm: --lanes (từng kênh gửi), --history (nhịp gửi, mọi quyết định).",
                "More: --lanes (each lane), --history (pace, every decision).");
    }

    /// <summary>Receipts that no run can take: nobody would miss them.</summary>
    static void Say(IReadOnlyList<OddReceipts> strays, Terminal terminal)
    {
        if (strays.Count == 0)
            return;

        terminal.Say(
            "Biên nhận không biết của lượt gửi nào, được lưu nguyên văn:",
            "Receipts of no known run, kept as they came:");
        foreach (var stray in strays)
        {
            var count = Figures.Count(stray.Count);
            terminal.Say($"  {stray.Stray}: {count}", $"  {stray.Stray}: {count}");
        }
    }
}
