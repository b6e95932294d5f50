using System.Globalization;
using SmsCampaign.Campaigns;
using SmsCampaign.Storage;

namespace SmsCampaign.Planning;

/// <summary>What a run's ledger is to keep of it beside its rows.</summary>
static class RunDescriber
{
    /// <param name="earlier">Other runs of the campaign; null where there are none.</param>
    public static RunDescription Describe(
        PlannedCampaign planned, string code, IReadOnlyList<RunInput> inputs, DateTimeOffset now, EarlierRuns? earlier =
            null)
    {
        var campaign = planned.Campaign;
        var window = campaign.Schedule.Window;

        return new RunDescription
        {
            Key = planned.Key,
            Code = code,
            Title = campaign.Title,
            Mode = campaign.Mode,
            Yearly = campaign.Schedule.IsYearly,
            Sender = campaign.Sender,
            Retry = campaign.Retry,
            Canary = campaign.Canary,
            Guard = campaign.Guard,
            Priority = campaign.Priority,
            TimeZone = window.Zone.Id,
            Window = string.Create(CultureInfo.InvariantCulture, $"{window.Opens:HH:mm}-{window.Closes:HH:mm}"),
            Issuer = campaign.Directive.Issuer,
            Directive = Describe(campaign.Directive),
            ReportTo = campaign.Directive.ReportTo,
            ReportBy = campaign.Directive.ReportByFor(planned.Date),
            DefinitionHash = planned.DefinitionHash,
            AudienceHash = planned.Audience.Hash,
            PlanHash = planned.Plan.Hash,
            CreatedAt = now,
            Earlier = earlier?.Standing ?? "",
            RestOf = planned.RestOf,
            UsesFallback = campaign.UsesFallback,
            Texts = campaign.Messages.ToDictionary(message => message.Name, message => message.Text.Value),
            Letters = planned.Installation.Letters,
            Origin = new RunOrigin(planned.Audience, inputs),
        };
    }

    /// <summary>As: số 123/UBND-NC ngày 30/06/2025, mục 7 (Quyết định số …). What the file does not
    /// say is left out.</summary>
    static string Describe(Directive directive)
    {
        var number = directive.Number is null ? "" : $"số {directive.Number}";
        var date = directive.Date is { } day ? $"ngày {Figures.Date(day).In(Language.Vietnamese)}" : "";
        var item = directive.Item is null ? "" : $"mục {directive.Item}";
        var reference = string.Join(", ", new[] { $"{number} {date}".Trim(), item }.Where(part => part.Length > 0));

        return directive.LegalBasis is null ? reference
            : reference.Length == 0 ? directive.LegalBasis
            : $"{reference} ({directive.LegalBasis})";
    }
}
