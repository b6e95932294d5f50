using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign revoke CAMPAIGN --by NAME --reason TEXT [--date DATE]</summary>
sealed class RevokeCommand
{
    readonly Terminal _terminal;
    readonly RunChoice _choice;
    readonly DecisionOptions _decision;

    RevokeCommand(Terminal terminal)
    {
        _terminal = terminal;
        _choice = new RunChoice(terminal.Language) { WithSimulate = false };
        _decision = new DecisionOptions(terminal.Language);
    }

    public static Command Create(Terminal terminal)
    {
        var revoke = new RevokeCommand(terminal);
        var command = new Command("revoke", terminal.Text(
            "Thu hồi phê duyệt của một lượt gửi, trước hoặc trong khi gửi: không tin nào được gửi thêm",
            "Withdraw the approval of a run, before or while it is sent: nothing more of it leaves"));
        revoke._choice.AddTo(command);
        revoke._decision.AddTo(command);
        command.SetAction(revoke.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var data = SharedOptions.FolderOf(parsed);
        var problems = new List<Problem>();
        if (_choice.Find(parsed, data, problems)?.ToKey() is not { } run)
        {
            _terminal.List(problems);
            return ExitCode.InputHasProblems;
        }

        var (who, reason) = _decision.Read(parsed, []);
        var desk = new RevocationDesk(data, SharedOptions.InstallationOf(parsed).FullName, _terminal.Time);
        switch (await desk.RevokeAsync(who, run, reason, RevocationDesk.Patience, cancellationToken))
        {
            case RevocationResult.Refused refused:
                _terminal.List(refused.Findings.Select(Of));
                return ExitCode.InputHasProblems;
            case RevocationResult.Revoked revoked:
                Say(revoked, who, reason);
                return revoked.IsStopped ? ExitCode.Done : ExitCode.CouldNot;
            case var unknown:
                throw new InvalidOperationException($"not a result of withdrawing: {unknown}");
        }
    }

    void Say(RevocationResult.Revoked revoked, Who who, string reason)
    {
        var day = Figures.Date(revoked.Run.Date);
        foreach (var approval in revoked.Approvals)
        {
            _terminal.Say(
                $"Đã thu hồi phê duyệt của {ApprovalWords.Of(approval)}. Người thu hồi: {who.Person}. Lý do: {reason}",
                $"Withdrawn: the approval by {ApprovalWords.Of(approval)}. By {who.Person}: {reason}");
        }

        if (revoked.Approvals.Any(approval => approval.Date is null))
        {
            _terminal.Say(
                "Phê duyệt cho mọi năm cũng hết hiệu lực: các năm sau phải phê duyệt lại.",
                "The approval of every year is void as well: the years to come must be approved again.");
        }

        if (!revoked.IsStopped)
        {
            _terminal.SayError(new Wording(
                $"Dịch vụ gửi CHƯA xác nhận đã dừng lượt gửi ngày {day}. {revoked.Worker.ToWords()} Xem bằng 'status'.",
                $"The worker has NOT confirmed that the run of {day} has stopped. {revoked.Worker.ToWords()} "
                    + $"See 'status'."));
        }
        else if (!revoked.IsLeftKnown)
        {
            _terminal.Say(
                $"Lượt gửi ngày {day} đã dừng: không tin nào được gửi thêm. {RunLeft.NotKnown} Chỉ gửi tiếp khi được "
                    + $"phê duyệt lại.",
                $"The run of {day} has stopped: nothing more leaves. {RunLeft.NotKnown} It goes on only once it is "
                    + $"approved again.");
        }
        else if (revoked is { State: RunState.Held, Left: { } left })
        {
            _terminal.Say(
                $"Lượt gửi ngày {day} đã dừng: không tin nào được gửi thêm; biên nhận của phần đã gửi vẫn được nhận. "
                    + $"{left.ToWords()} Chỉ gửi tiếp khi được phê duyệt lại.",
                $"The run of {day} has stopped: nothing more leaves, and receipts of what was sent are still taken. "
                    + $"{left.ToWords()} It goes on only once it is approved again.");
        }
        else
        {
            _terminal.Say(
                $"Lượt gửi ngày {day} chưa gửi tin nào và sẽ không gửi cho tới khi được phê duyệt lại.",
                $"Nothing of the run of {day} was sent, and nothing will be until it is approved again.");
        }
    }

    static Problem Of(RevocationFinding finding) => finding switch
    {
        RevocationFinding.NoName => DecisionOptions.NoName,
        RevocationFinding.NoReason => DecisionOptions.NoReason,
        RevocationFinding.IsOver(var run) => Plain(
            $"Lượt gửi ngày {Figures.Date(run.Date)} đã kết thúc, không còn gì để thu hồi. Xem kết quả bằng 'report'.",
            $"The run of {Figures.Date(run.Date)} is over, there is nothing to withdraw. See 'report'."),
        RevocationFinding.NothingStands(var run) => Plain(
            $"Lượt gửi ngày {Figures.Date(run.Date)} không có phê duyệt nào đang có hiệu lực. Xem bằng 'status'.",
            $"No approval of the run of {Figures.Date(run.Date)} stands. See 'status'."),
        RevocationFinding.NothingLeft(var run) => Plain(
            $"Mọi tin của lượt gửi ngày {Figures.Date(run.Date)} đã được chuyển: thu hồi không dừng được gì nữa, "
                + $"nên chưa ghi. Xem kết quả bằng 'status'.",
            $"All of the run of {Figures.Date(run.Date)} has left: withdrawing would stop nothing, and is not "
                + $"recorded. See 'status'."),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    static Problem Plain(Vietnamese vi, English en) => new(null, new Wording(vi, en));
}
