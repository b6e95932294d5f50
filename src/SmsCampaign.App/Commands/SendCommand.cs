using System.CommandLine;
using SmsCampaign.App.Sending;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign send CAMPAIGN_FILE [--simulate] [--date DATE]</summary>
static class SendCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new PreparationOptions(terminal.Language) { WithJson = false };
        var command = new Command("send", terminal.Text(
            "Gửi một chiến dịch ngay tại đây: nhập danh sách, lập kế hoạch, gửi, nhận biên nhận, ghi báo cáo",
            "Send a campaign from here: import, plan, send, take receipts, write the report"));
        options.AddTo(command);

        command.SetAction((parsed, cancellationToken) => RunAsync(
            options.Read(parsed), SharedOptions.FolderOf(parsed), terminal, cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(
        PreparationRequest request, DataFolder data, Terminal terminal, CancellationToken cancellationToken)
    {
        using var stop = new StopRequest(cancellationToken);
        using var turn = new SendingTurn(data, request.Simulated);
        var work = new HeldWork(TimeProvider.System);
        var starting = work.RunAsync(() => Start(request, data, turn, work, terminal, stop.Token), stop.Token);
        if (await starting is not { } started)
        {
            terminal.Wrapped().SayError(new Wording(
                $"Đã dừng khi đang {work.Step}: nơi để tệp không trả lời. Chưa gửi tin nào. "
                + $"Hãy kiểm tra ổ đĩa hoặc ổ mạng đó rồi chạy lại lệnh.",
                $"Stopped while {work.Step}: the disk or share does not answer. Nothing was sent. "
                + $"Look at it, then run this again."));
            return ExitCode.CouldNot;
        }

        return started.Preparation is { } preparation
            ? await new RunSending(preparation, data, terminal).SendAsync(stop.Token)
            : started.Exit;
    }

    static Started Start(
        PreparationRequest request,
        DataFolder data,
        SendingTurn turn,
        HeldWork work,
        Terminal terminal,
        CancellationToken stopping)
    {
        try
        {
            return Prepare(request, data, turn, work, terminal, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            terminal.Say(
                $"Đã dừng khi đang {work.Step}; chưa gửi tin nào.", $"Stopped while {work.Step}; nothing was sent.");
            return Started.Not(ExitCode.CouldNot);
        }
    }

    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    static Started Prepare(
        PreparationRequest request,
        DataFolder data,
        SendingTurn turn,
        HeldWork work,
        Terminal terminal,
        CancellationToken stopping)
    {
        var start = new SendDesk(data, TimeProvider.System).Start(request, turn, work.Begin, stopping);
        terminal.List(start.Problems);
        switch (start)
        {
            case SendStart.NoLedger(var why):
                terminal.SayError(why);
                return Started.Not(ExitCode.CouldNot);
            case SendStart.Refused:
                return Started.Not(ExitCode.InputHasProblems);
            case SendStart.NotNow(var obstacles):
                terminal.List(obstacles.Select(
                    obstacle => new Problem(new Place(request.CampaignFile), SendObstacleWords.Of(obstacle))));
                return Started.Not(ExitCode.InputHasProblems);
            case SendStart.IsBusy:
                terminal.SayError(new Wording(
                    $"Dịch vụ gửi hoặc một cửa sổ khác đang gửi từ {data.Root}. Không chạy thêm; xem bằng 'status'.",
                    $"Another process is sending from {data.Root}. Stop it first, or let it finish."));
                return Started.Not(ExitCode.CouldNot);
            case SendStart.Forged(var differences):
                terminal.SayError(differences);
                return Started.Not(ExitCode.InputHasProblems);
            case SendStart.Ready(var preparation):
                return new Started(ExitCode.Done, preparation);
            default:
                throw new InvalidOperationException($"not a start: {start}");
        }
    }

    /// <param name="Exit">The exit code, where nothing can be sent.</param>
    /// <param name="Preparation">Null where nothing can be sent, which was told.</param>
    sealed record Started(int Exit, Preparation? Preparation)
    {
        public static Started Not(int exit) => new(exit, null);
    }
}
