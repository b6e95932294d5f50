using SmsCampaign.Campaigns;
using SmsCampaign.Directives;
using SmsCampaign.Installations;
using SmsCampaign.Messages;

namespace SmsCampaign.Office;

/// <summary>The campaign that an order asks for: what was found in it with its words, the rest as questions.</summary>
static class OrderedDraft
{
    public static CampaignDraft Of(DirectiveFindings findings, Installation installation, string id)
    {
        var delivery = findings.Of(DirectiveField.Delivery);
        var isHeld = delivery.Value == DirectiveFindings.Held;
        var area = findings.Of(DirectiveField.Issuer).Value is { } issuer ? DirectiveAreas.Of(issuer) : null;
        var sent = NewDesk.ReadDate(findings.Of(DirectiveField.SendDate).Value);
        return new CampaignDraft
        {
            Id = id,
            Title = NewDesk.TitleOf(area, sent),
            Issuer = Value(findings, DirectiveField.Issuer),
            Number = Value(findings, DirectiveField.Number),
            Date = Value(findings, DirectiveField.Date),
            Item = Value(findings, DirectiveField.Item),
            LegalBasis = Value(findings, DirectiveField.LegalBasis),
            Text = Value(findings, DirectiveField.Text),
            Sent = SentOf(findings),
            Sender = Value(findings, DirectiveField.Sender),
            SendDate = Value(findings, DirectiveField.SendDate),
            From = "08:00",
            To = "20:00",
            HeldBy = isHeld ? [.. installation.Holders.Keys] : [],
            Area = NewDesk.AreaOrQuestion(area),
            AcknowledgeBy = NewDesk.AnswerBy(sent),
            HolderReportBy = NewDesk.ReportBy(sent),
            Lists = isHeld && installation.Holders.Count > 0 ? [] : [ListOf(delivery)],
            Lanes = [.. installation.Lanes.Select(lane => lane.Name)],
            ReportTo = Value(findings, DirectiveField.ReportTo),
            ReportBy = Value(findings, DirectiveField.ReportBy),
        };
    }

    static DraftValue Value(DirectiveFindings findings, DirectiveField field)
    {
        var found = findings.Of(field);
        return new DraftValue(found.Value, found.Question, Source(found));
    }

    /// <summary>The order's words, once they are there, are not asked for twice.</summary>
    static DraftValue SentOf(DirectiveFindings findings) =>
        findings.Of(DirectiveField.Text).Value is { } text
            ? findings.Of(DirectiveField.Sent) is { Question: { } question }
                ? new DraftValue(null, question)
                : new DraftValue(text)
            : new DraftValue(null, new Wording("như đã ghi ở directive.text.", "as it stands in directive.text."));

    static Wording? Source(DirectiveFinding found)
    {
        if (found is not { Words: { } words, Place: { } place })
            return null;

        var masked = NumberMask.In(words);
        return new Wording($"Văn bản, {place}: “{masked}”", $"The order, {place}: “{masked}”");
    }

    /// <summary>An order never names the list's file.</summary>
    static DraftValue ListOf(DirectiveFinding delivery) => new(
        null,
        delivery.Question ?? new Wording(
            "tệp danh sách thuê bao (.csv hoặc .xlsx), chép vào thư mục này.",
            "the list of subscribers (.csv or .xlsx), copied into this folder."),
        Source(delivery));
}
