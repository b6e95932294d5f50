using System.Text.Json;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Commands;

/// <summary>What <c>status --json</c> prints, every field of which stands in config/COMMANDS.md. Times are UTC; words
/// are stored names, but for reasons.</summary>
static class StatusJson
{
    public static object Of(StatusView view, Language language)
    {
        var next = view.Openings.Count > 0 ? view.Openings[0] : null;
        return new
        {
            Worker = new
            {
                Running = view.Worker.IsThere,
                view.Worker.State,
                view.Worker.Sign?.Verb,
                view.Worker.Sign?.Pid,
                view.Worker.Sign?.Host,
                view.Worker.Sign?.Since,
                LastSign = view.Worker.Sign?.At,
                view.Worker.Sign?.EndedAt,
            },
            NextOpening = new
            {
                next?.Run.Campaign,
                Date = next?.Run.DateText,
                next?.Opens,
                next?.Closes,
                next?.IsOpen,
            },
            Ready = view.Ready.Select(look => new
            {
                look.Run.Campaign,
                Date = look.Run.DateText,
                look.Opens,
                look.Stage,
                look.At,
                look.Light,
                Checks = look.Lines.Select(line => ReadyJson.Line(line, language)),
            }),
            Outages = view.Outages.Select(outage => new
            {
                outage.Lane,
                Since = ProcessClock.FromMicros(outage.Since),
                LastSeen = ProcessClock.FromMicros(outage.LastAt),
                outage.Kind,
                outage.Cause,
                Reason = NumberMask.In(outage.Reason),
            }),
            StoppedLanes = view.Stopped.Select(stop => new
            {
                stop.Lane,
                stop.At,
                Reason = NumberMask.In(stop.Reason),
                stop.Kind,
                stop.Cause,
                Unreadable = stop.Unreadable?.In(language),
            }),
            Orders = view.Orders.Select(order => new
            {
                order.Kind,
                order.Run,
                order.Lane,
                order.Rate,
                order.At,
                Who = order.Who.Person,
                order.Who.ByOs,
                Reason = order.ShownReason,
            }),
            Alerts = view.Alerts.Select(alert => Of(alert, language)),
            Strays = view.Strays.Select(
                stray => new { stray.Lane, Kind = JsonNamingPolicy.CamelCase.ConvertName(stray.Name), stray.Count }),
            Disk = new { view.Disk?.Folder, view.Disk?.Free, view.Disk?.Floor, Words = view.Disk?.Words.In(language) },
            MissingReceipts = view.Missing.Select(each => new { each.File, Words = each.Words.In(language) }),
            MissingApprovals = view.MissingApprovals.Select(
                each => new { each.Ref, each.Campaign, each.Date, each.ApprovedBy, Words = each.Words.In(language) }),
            ForgedCommands = view.Forged.Select(
                each => new { each.Id, Words = each.Unvouched?.Words.In(language) }),
            Runs = view.Runs.Select(run => Of(run, view.At, language)),
        };
    }

    static object Of(AlertView view, Language language) => new
    {
        Kind = view.Raised.Alert.Kind.ToWord(),
        About = NumberMask.In(view.Raised.Alert.About),
        Severity = view.Raised.Alert.Severity.ToWord(),
        view.Raised.Alert.Since,
        view.Raised.RaisedAt,
        view.Raised.OverAt,
        What = NumberMask.In(view.Raised.Alert.What).In(language),
        Detail = NumberMask.In(view.Raised.Alert.Detail).In(language),
        Next = NumberMask.In(view.Raised.Alert.Next).In(language),
        Told = view.Told.Select(told => new
        {
            told.Receiver,
            News = told.Told?.News,
            told.Told?.At,
            told.Times,
            FailingSince = told.Failing?.Since,
            Tries = told.Failing?.Tries ?? 0,
            NextTry = told.Failing?.NextTry,
            Trouble = told.Failing?.Trouble.In(language),
        }),
    };

    static object Of(RunOverview overview, DateTimeOffset at, Language language) => new
    {
        overview.Run.Campaign,
        overview.Run.Date,
        overview.Run.RestOf,
        overview.Run.Simulated,
        overview.Run.State,
        overview.Run.Purge,
        Stage = overview.State,
        overview.IsUnapproved,
        overview.TakesTwoPersons,
        ApprovalFits = overview.Fits,
        Damaged = overview.Damage?.In(language),
        Audience = overview.Status?.Audience,
        Excluded = overview.Status?.Excluded,
        Messages = overview.Status is { } status ? Counts(status.Count) : null,
        overview.Status?.PartsHandedOver,
        overview.Status?.Balances,
        Lanes = overview.Status?.Lanes.Select(
            lane => Lane(
                lane,
                overview.History.GetValueOrDefault(lane.Name, []),
                overview.Trials.GetValueOrDefault(lane.Name),
                language)),
        Submissions = overview.Submissions.Select(submission => new
        {
            submission.Id,
            submission.SubmittedBy,
            submission.ByOs,
            submission.IsWitnessed,
            submission.Note,
            submission.SubmittedAt,
            submission.EveryYear,
            submission.Hash,
            submission.ApprovedAs,
            RejectKind = submission.Rejected?.Kind,
            submission.Rejected?.RejectedBy,
            RejectedByOs = submission.Rejected?.ByOs,
            submission.Rejected?.RejectedAt,
            RejectReason = submission.Rejected?.Reason,
        }),
        Approvals = overview.Approvals.Select(approval => new
        {
            approval.Id,
            approval.ApprovedBy,
            approval.ByOs,
            approval.IsWitnessed,
            IsCounted = approval.Id == overview.Counting?.Id,
            approval.IsByTwo,
            Submission = approval.SubmissionId,
            approval.Reason,
            approval.ReplacedBy,
            approval.RevokedBy,
            approval.Document,
            approval.ApprovedAt,
            EveryYear = approval.Date is null,
            approval.Hash,
            approval.VoidedAt,
            VoidReason = approval.VoidedAt is null
                ? null
                : new Wording(approval.VoidReasonVi ?? "", approval.VoidReasonEn ?? "").In(language),
        }),
        Letters = overview.Letters.Orders.Select(order => new
        {
            order.Kept.Segment,
            order.Kept.Holder,
            order.Order.OrderId,
            order.Kept.Revision,
            order.State,
            Misfit = order.Misfit?.In(language),
            NewerRevision = order.Newer?.Kept.Revision,
            order.Order.AcknowledgeBy,
            order.Order.ReportBy,
            Report = order.WaitOn(at),
            order.Order.Audience.Estimate,
            Steps = order.Kept.Steps.Select(step => new
            {
                step.Kind,
                step.On,
                step.Document,
                step.SaidBy,
                step.Note,
                step.Rate,
                step.RecordedBy,
                step.ByOs,
                step.RecordedAt,
            }),
        }),
        Reports = overview.Reports.Select(report => new
        {
            For = report.Report.Length == 0 ? null : report.Report,
            report.Due,
            DaysLeft = report.DaysLeft(VietnamTime.DateOf(at)),
            State = report.StateOn(VietnamTime.DateOf(at)),
            report.Submission?.Document,
            report.Submission?.On,
            report.Submission?.RecordedBy,
            report.Submission?.ByOs,
            report.Submission?.RecordedAt,
        }),
        UnwrittenLetters = overview.Letters.Unwritten.Select(
            letter => new { letter.Segment, letter.Holder, letter.AcknowledgeBy }),
        FileChanges = overview.FileChanges.Select(change => change.In(language)),
        Differences = overview.Differences.Select(difference => difference.In(language)),
        Decisions = overview.Decisions.Select(decision => new
        {
            What = decision.What.ToWord(),
            decision.Due,
            decision.At,
            Reason = decision.Reason.In(language),
            decision.ByOs,
        }),
        Resolutions = overview.Resolutions.Select(resolution => new
        {
            resolution.To,
            At = ProcessClock.FromMicros(resolution.At),
            resolution.Messages,
            resolution.Who,
            resolution.ByOs,
            Reason = NumberMask.In(resolution.Reason),
        }),
    };

    static object Lane(
        LaneStatus lane, IReadOnlyList<LaneChange> history, LaneTrial? trial, Language language) => new
        {
            lane.Name,
            Messages = Counts(lane.Count),
            lane.PartsHandedOver,
            Contract = lane.Rate,
            lane.RateUnit,
            Trial = trial is null ? null : new
            {
                trial.Kind,
                trial.State,
                Since = ProcessClock.FromMicros(trial.Since),
                trial.Messages,
                trial.Release,
                trial.ByAnswersAlone,
                trial.Finding.Verdict,
                trial.Finding.Judged,
                trial.Finding.Found,
                trial.Finding.Bound,
                trial.Finding.Failure,
                Words = trial.IsHeld ? LaneTrialWords.Of(trial.Finding).In(language) : null,
            },
            RateInForce = history.Count > 0 ? history[0].Rate : lane.Rate,
            History = history.Select(change => new
            {
                change.Kind,
                At = ProcessClock.FromMicros(change.At),
                Until = change.Until is { } until ? ProcessClock.FromMicros(until) : (DateTimeOffset?)null,
                change.Rate,
                Reason = NumberMask.In(change.Reason),
                change.Cause,
                change.Limit,
                Words = LaneChangeWords.Of(change, null, lane.RateUnit).In(language),
            }),
        };

    static Dictionary<string, long> Counts(Func<MessageStatus, long> count) => Enum.GetValues<MessageStatus>()
        .ToDictionary(status => status.ToString().ToLowerInvariant(), count);
}
