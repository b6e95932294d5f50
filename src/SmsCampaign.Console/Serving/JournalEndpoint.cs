using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmsCampaign.Office;
using SmsCampaign.WebConsole.Parts;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Words;

namespace SmsCampaign.WebConsole.Serving;

/// <summary>The audit chain as a file, of what who asks may see, no number in full.</summary>
static class JournalEndpoint
{
    public const string Path = "/nhat-ky/tai-ve";

    /// <summary>Rows that are read and sent at once.</summary>
    const int Piece = 1_000;

    public static void Map(IEndpointRouteBuilder web) => web.MapGet(Path, AnswerAsync).RequireAuthorization();

    static async Task AnswerAsync(HttpContext context, ConsolePlace place, TimeProvider time, Speech speech)
    {
        var (sight, query, problems) =
            (new JournalSight(new CurrentPerson(context.User)), context.Request.Query, new List<Wording>());
        var wish = new JournalWish(query["chien-dich"], query["loai"], query["nguoi"], query["tu"], query["den"]);
        var read = wish.Read(problems);
        if (!sight.IsAny || problems.Count > 0)
        {
            context.Response.StatusCode =
                sight.IsAny ? StatusCodes.Status400BadRequest : StatusCodes.Status404NotFound;
            return;
        }

        // The first piece before the first byte: where the ledger cannot be read there is no file.
        var (desk, stopping) = (new RecordDesk(place.Data), context.RequestAborted);
        var page = desk.Look(read, null, Piece, IsMeant);
        var today = VietnamTime.DateOf(time.GetUtcNow()).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"nhat-ky-{today}.csv\"";
        await context.Response.Body.WriteAsync(RecordFile.Head(speech.Language), stopping);
        while (true)
        {
            foreach (var record in page.Records)
                await context.Response.Body.WriteAsync(RecordFile.Line(record, speech.Language), stopping);
            if (page.Next is not { } next)
                return;
            page = desk.Look(read, next, Piece, IsMeant);
        }

        bool IsMeant(Storage.Registry.AuditedRecord record) => sight.Sees(record) && wish.IsMeant(record);
    }
}
