using SmsCampaign.Campaigns;
using SmsCampaign.Letters;
using SmsCampaign.Messages;
using SmsCampaign.Orthography;
using SmsCampaign.Storage;

namespace SmsCampaign.Orders;

/// <summary>Makes the order of a segment that a carrier holds out of the campaign file.</summary>
static class OrderDraft
{
    /// <summary>End of the working day, by which a carrier answers; local time.</summary>
    static readonly TimeOnly EndOfWork = new(17, 0);

    /// <param name="run">The run it is for.</param>
    /// <param name="before">The newest letter until now; null where there is none that can be relied on.</param>
    /// <param name="highest">The highest revision that any row has, 0 where there is none.</param>
    public static WorkOrder Of(
        Campaign campaign, HeldSegment held, RunKey run, LetterSettings letters, WorkOrder? before, int highest = 0)
    {
        var window = campaign.Schedule.Window;
        var text = campaign.Messages.Single(message => message.Name == held.Message);
        var directive = campaign.Directive;
        var draft = new WorkOrder
        {
            OrderId = $"{campaign.Id}-{run.DateText}-{Slug.Of(held.Name)}",
            Revision = 1,
            Campaign = campaign.Id,
            Subject = campaign.Title,
            Holder = held.HeldBy,
            Directive = new OrderDirective(
                directive.Number, directive.Date, directive.Issuer, directive.Item, directive.LegalBasis),
            Message = new OrderMessage(
                text.Text.Value,
                text.Language,
                text.Text.Encoding == SmsEncoding.Ucs2 ? "ucs2" : "gsm7",
                text.Text.Value.Length,
                text.Text.PartsIn(LengthTable.Standard),
                OrderMessage.HashOf(text.Text.Value)),
            Sender = new OrderSender(campaign.Sender),
            Window = new OrderWindow(
                window.ToLocal(window.OpensOn(run.Date)), window.ToLocal(window.ClosesOn(run.Date)), true),
            Audience = new OrderAudience(
                held.Areas,
                [.. held.Classes.Select(HeldKeys.WordOf)],
                HeldKeys.WordOf(held.Criterion),
                held.Exclude,
                held.Estimate),
            AcknowledgeBy = EndOf(held.AcknowledgeBy.Before(run.Date.AddDays(-1)), window.Zone),
            ReportBy = EndOf(held.ReportBy.After(run.Date), window.Zone),
            Contact = new OrderContact(
                letters.Contact.Name, letters.Contact.Title, letters.Contact.Phone, letters.Contact.Email),
        };
        return before is null ? draft with { Revision = highest + 1 }
            : draft.SaysTheSameAs(before) ? before with { Contact = draft.Contact }
            : draft with
            {
                Revision = Math.Max(before.Revision, highest) + 1,
                Replaces = $"{before.OrderId}/{before.Revision}",
            };
    }

    static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(EndOfWork);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
