using System.Globalization;
using System.Text.Json;
using SmsCampaign.Campaigns;
using SmsCampaign.Storage;

namespace SmsCampaign.Planning;

/// <summary>
/// What a run's ledger keeps beside its rows, so that it can be reported on without the files it was made of.
/// </summary>
static class RunDescription
{
    /// <returns>The rows of run_info.</returns>
    public static Dictionary<string, string> Of(
        PlannedCampaign planned, string code, IReadOnlyList<RunInput> inputs, DateTimeOffset now, EarlierRuns? earlier = null)
    {
        var campaign = planned.Campaign;
        var window = campaign.Schedule.Window;

        var info = new Dictionary<string, string>
        {
            ["key"] = planned.Key.ToString(),
            ["code"] = code,
            ["campaign"] = campaign.Id,
            ["title"] = campaign.Title,
            ["mode"] = campaign.Mode == CampaignMode.Live ? "live" : "exercise",
            ["simulated"] = planned.Simulated ? "1" : "0",
            ["yearly"] = campaign.Schedule.IsYearly ? "1" : "0",
            ["date"] = planned.Key.DateText,
            ["sender"] = campaign.Sender,
            ["tries"] = campaign.Retry.MostTries.ToString(CultureInfo.InvariantCulture),
            ["valid_hours"] = ((int)campaign.Retry.Validity.TotalHours).ToString(CultureInfo.InvariantCulture),
            ["priority"] = campaign.Priority.ToString(CultureInfo.InvariantCulture),
            ["time_zone"] = window.Zone.Id,
            ["window"] = string.Create(CultureInfo.InvariantCulture, $"{window.Opens:HH:mm}-{window.Closes:HH:mm}"),
            ["issuer"] = campaign.Directive.Issuer,
            ["directive"] = Describe(campaign.Directive),
            ["report_to"] = campaign.Directive.ReportTo,
            ["report_by"] = campaign.Directive.ReportByFor(planned.Date).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["definition_hash"] = planned.DefinitionHash,
            ["audience_hash"] = planned.Audience.Hash,
            ["plan_hash"] = planned.Plan.Hash,
            ["created_at"] = now.ToSql(),
            ["audience"] = JsonSerializer.Serialize(planned.Audience, RunJson.Default.ImportedAudience),
            ["inputs"] = JsonSerializer.Serialize(inputs, RunJson.Default.IReadOnlyListRunInput),
        };

        if (earlier is { Runs.Count: > 0 })
            info["earlier"] = earlier.Standing;
        if (campaign.UsesFallback)
            info["fallback"] = "1";
        foreach (var message in campaign.Messages)
            info["text:" + message.Name] = message.Text.Value;

        return info;
    }

    /// <summary>As: số 123/UBND-NC ngày 30/06/2025, mục 7 (Quyết định số …). What the file does not say is left out.</summary>
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
