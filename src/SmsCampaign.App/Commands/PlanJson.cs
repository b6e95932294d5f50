using System.Globalization;
using System.Text.Json;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Planning;

namespace SmsCampaign.App.Commands;

/// <summary>
/// The summary of <see cref="PlanSummary"/> for scripts. Keys are stable: scripts rely on them. Money is VND before
/// tax, times are ISO 8601 with the offset of the campaign's zone, durations are seconds.
/// </summary>
static class PlanJson
{
    public static object Of(Preparation preparation, Language language) => new
    {
        Ok = !preparation.HasErrors,
        Campaign = preparation.Planned is { } planned ? Describe(planned) : null,
        Run = preparation.Run is { } run
            ? new { Key = run.Key.ToString(), run.Code, File = run.Ledger.ToString(), run.Reused }
            : null,
        Problems = preparation.AllProblems.Select(problem => new
        {
            problem.Where?.File,
            problem.Where?.Line,
            problem.Where?.Column,
            problem.Where?.Key,
            problem.Severity,
            What = problem.What.In(language),
        }),
    };

    static object Describe(PlannedCampaign planned)
    {
        var (campaign, audience, forecast) = (planned.Campaign, planned.Audience, planned.Forecast);
        var window = campaign.Schedule.Window;

        return new
        {
            campaign.Id,
            campaign.Title,
            campaign.Mode,
            planned.Simulated,
            campaign.Sender,
            Date = planned.Key.DateText,
            RestOf = planned.RestOf is { } of ? (planned.Key with { Date = of }).DateText : null,
            Window = new
            {
                From = window.Opens.ToString("HH:mm", CultureInfo.InvariantCulture),
                To = window.Closes.ToString("HH:mm", CultureInfo.InvariantCulture),
                TimeZone = window.Zone.Id,
            },
            Messages = campaign.Messages.Select(message => new
            {
                message.Name,
                message.Language,
                message.Unaccented,
                Text = Describe(message.Text, planned),
                UnaccentedText = Describe(message.Text.Unaccented(), planned),
                SameAsDirective = campaign.Directive.Text.Length > 0
                    && OrderedText.Compare(campaign.Directive, message with { Unaccented = false })?.None == true,
            }),
            Audience = new
            {
                Rows = audience.Total,
                Recipients = audience.RecipientTotal,
                Excluded = audience.ExcludedTotal,
                BySegment = audience.Recipients.Select(count => new
                {
                    Segment = audience.Segments[count.Segment - 1].Name,
                    Carrier = audience.Carriers[count.Carrier - 1].Name,
                    count.Messages,
                }),
                Exclusions = audience.Excluded.Select(entry => new { Reason = entry.Key, Rows = entry.Value }),
                AlreadySent = audience.AlreadySent.Select(entry => new { Run = entry.Key, Rows = entry.Value }),
                Repaired = audience.Repaired.ToDictionary(
                    entry => JsonNamingPolicy.CamelCase.ConvertName(entry.Key), entry => entry.Value),
            },
            Cost = new
            {
                Sent = new FormTotal(forecast.Parts, forecast.CostVnd, window.ToLocal(forecast.End)),
                Accented = forecast.Accented is { } accented
                    ? accented with { End = window.ToLocal(accented.End) }
                    : null,
                Unaccented = forecast.Unaccented with { End = window.ToLocal(forecast.Unaccented.End) },
            },
            Forecast = new
            {
                forecast.FitsFirstDay,
                forecast.DaysAllowed,
                End = window.ToLocal(forecast.End),
                Lanes = forecast.Lanes.Select(lane => new
                {
                    lane.Name,
                    lane.Rate,
                    lane.RateUnit,
                    lane.Recipients,
                    lane.Sent.Parts,
                    lane.Sent.CostVnd,
                    Seconds = lane.Sent.Work.TotalSeconds,
                    TrialSeconds = lane.Trial.TotalSeconds,
                    Start = window.ToLocal(lane.Start),
                    End = window.ToLocal(lane.Sent.End),
                    lane.Sent.Days,
                    lane.FitsFirstDay,
                    OverrunSeconds = lane.Overrun.TotalSeconds,
                    lane.LeftAtClose,
                    lane.RateThatFits,
                    Batches = planned.Plan.Batches.Count(batch => batch.Lane == lane.Lane),
                }),
            },
            Hashes = new
            {
                Definition = planned.DefinitionHash,
                Audience = audience.Hash,
                Plan = planned.Plan.Hash,
                Approved = planned.ApprovedHash,
                Code = ApprovalHash.Brief(planned.ApprovedHash),
            },
        };
    }

    static object Describe(SmsText text, PlannedCampaign planned) => new
    {
        text.Value,
        text.Encoding,
        PartsByLane = planned.Lanes.ToDictionary(lane => lane.Name, lane => text.PartsIn(lane.Options.LengthTable)),
    };
}
