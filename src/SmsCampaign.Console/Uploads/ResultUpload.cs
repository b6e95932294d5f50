using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using SmsCampaign.Files;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.WebConsole.Parts;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;
using SmsCampaign.WebConsole.Words;

namespace SmsCampaign.WebConsole.Uploads;

/// <summary>
/// Takes a carrier's report from a browser: streamed into a folder of its own within the data folder, for it may hold
/// numbers in full, read there by what it is and not by its name, and removed whatever comes of it.
/// </summary>
static class ResultUpload
{
    /// <summary>Bytes: a list of some five million numbers.</summary>
    public const long Most = 200_000_000;

    const int MostFields = 12;
    const int LongestField = 4 * 1024;
    const int LongestName = 100;

    static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    public static void Map(IEndpointRouteBuilder web, ConsolePlace place)
    {
        web.MapPost("/chien-dich/{campaign}/{date}/phoi-hop/nhap", TakeAsync).RequireAuthorization();
        Sweep(FolderOf(place.Data));
    }

    static async Task<IResult> TakeAsync(HttpContext context, string campaign, string date)
    {
        var services = context.RequestServices;
        var (place, person) = (services.GetRequiredService<ConsolePlace>(), new CurrentPerson(context.User));
        if (!person.May(Right.Draft, campaign)
            || SeenRun.Find(place, person, campaign, date)?.FindKey() is not { } run)
            return Results.NotFound();

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Most + LongestField * MostFields;
        var folder = Path.Combine(FolderOf(place.Data), Path.GetRandomFileName());
        try
        {
            var upload = await ReadAsync(context, folder);
            if (upload is null)
                return Results.StatusCode(StatusCodes.Status400BadRequest);

            var outcome = upload.Refusal is { } refusal
                ? ImportOutcome.Refuse(upload.Of("holder"), upload.Name, refusal)
                : await Task.Run(() => Import(services, person, run, upload, folder), context.RequestAborted);
            var id = services.GetRequiredService<ImportShelf>().Put(person.Id, run, outcome);
            context.Response.Headers.Location = $"{Addresses.Of(run)}/phoi-hop?nhap={id}";
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    static ImportOutcome Import(
        IServiceProvider services, CurrentPerson person, RunKey run, Upload upload, string folder)
    {
        var place = services.GetRequiredService<ConsolePlace>();
        var problems = new List<Wording>();
        var on = WrittenDay.Read(upload.Of("on"), problems);
        if (problems.Count > 0)
            return ImportOutcome.Refuse(upload.Of("holder"), upload.Name, problems[0]);

        try
        {
            var import = new ResultDesk(place.Data, services.GetRequiredService<TimeProvider>()).Import(
                person.Who,
                run,
                new ResultDelivery(upload.Path, upload.Of("holder"), upload.Of("segment"), on)
                {
                    Document = upload.Find("document"),
                    CorrectsAs = upload.Find("corrects"),
                    Language = services.GetRequiredService<Speech>().Language,
                },
                place.Installation,
                CancellationToken.None);
            return ImportOutcome.Of(upload.Of("holder"), upload.Name, import, folder);
        }
        catch (LedgerException broken)
        {
            return ImportOutcome.Refuse(upload.Of("holder"), upload.Name, broken.Words);
        }
    }

    /// <returns>Null where it is no form of ours.</returns>
    static async Task<Upload?> ReadAsync(HttpContext context, string folder)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || type.MediaType != "multipart/form-data"
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
            return null;

        var upload = new Upload();
        var reader = new MultipartReader(boundary, context.Request.Body) { BodyLengthLimit = Most };
        try
        {
            for (var fields = 0; await reader.ReadNextSectionAsync(context.RequestAborted) is { } section; fields++)
            {
                if (fields == MostFields || section.GetContentDispositionHeader() is not { } about)
                    return null;

                if (about.IsFormDisposition())
                {
                    var name = HeaderUtilities.RemoveQuotes(about.Name).ToString();
                    upload.Fields[name] = await ReadFieldAsync(section, context);
                    continue;
                }

                // The file is last in the form: before anything of it is kept, it is known that the form is ours.
                if (upload.Path.Length > 0 || !await IsOursAsync(context, upload))
                    return null;

                upload.Name = NameOf(about);
                PrivateFiles.MakeFolder(folder);
                upload.Path = Path.Combine(folder, upload.Name);
                await using var file = PrivateFiles.Create(upload.Path, FileShare.None);
                await section.Body.CopyToAsync(file, context.RequestAborted);
                if (file.Length == 0)
                    upload.Refusal = new Wording(
                        "Chưa chọn tệp, hoặc tệp trống.", "No file was chosen, or it is empty.");
            }
        }
        catch (Exception tooMuch) when (tooMuch is InvalidDataException or BadHttpRequestException
            && upload.Path.Length > 0)
        {
            upload.Refusal = new Wording(
                $"Tệp lớn hơn {ReportFileWords.Size(Most)}, hoặc gửi lên chưa trọn. Chưa nhập gì.",
                $"The file is larger than {ReportFileWords.Size(Most)}, or did not arrive whole. Nothing is imported.");
        }
        catch (Exception broken) when (broken is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }

        return upload.Path.Length > 0 ? upload : null;
    }

    static async Task<string> ReadFieldAsync(MultipartSection section, HttpContext context)
    {
        var bytes = new byte[LongestField];
        var length = await section.Body.ReadAtLeastAsync(
            bytes, bytes.Length, throwOnEndOfStream: false, context.RequestAborted);
        return length == bytes.Length
            ? throw new InvalidDataException("a field is too long")
            : Encoding.UTF8.GetString(bytes, 0, length);
    }

    static Task<bool> IsOursAsync(HttpContext context, Upload upload)
    {
        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        context.Request.Headers[AntiforgeryHeader] = upload.Of("__RequestVerificationToken");
        return antiforgery.IsRequestValidAsync(context);
    }

    /// <summary>Of <see cref="AntiforgeryOptions.HeaderName"/>.</summary>
    const string AntiforgeryHeader = "RequestVerificationToken";

    /// <summary>As a person may know it again: no folder, nothing that is not seen, and no number in full.</summary>
    static string NameOf(ContentDispositionHeaderValue about)
    {
        var given = HeaderUtilities.RemoveQuotes(
            about.FileNameStar.HasValue ? about.FileNameStar : about.FileName).Value ?? "";
        var last = given.Split('/', '\\')[^1].Normalize();
        var name = new string([.. last.Where(letter =>
            char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_' or '.' or '(' or ')')]).Trim(' ', '.');
        name = NumberMask.In(name);
        return name.Length == 0 ? "bao-cao" : name.Length > LongestName ? name[^LongestName..].Trim(' ', '.') : name;
    }

    static string FolderOf(DataFolder data) => Path.Combine(data.Root, "uploads");

    /// <summary>Removes what a process that was killed has left.</summary>
    static void Sweep(string folder)
    {
        if (!Directory.Exists(folder))
            return;

        try
        {
            foreach (var old in new DirectoryInfo(folder).EnumerateDirectories()
                .Where(each => each.LastWriteTimeUtc < TimeProvider.System.GetUtcNow() - Forgotten))
                old.Delete(recursive: true);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            // another process of ours has it: it is removed by that one, or the next time
        }
    }

    sealed class Upload
    {
        public Dictionary<string, string> Fields { get; } = [];

        public string Name { get; set; } = "";

        /// <summary>Full path; empty before it came.</summary>
        public string Path { get; set; } = "";

        /// <summary>Why it is not read.</summary>
        public Wording? Refusal { get; set; }

        public string Of(string field) => Fields.GetValueOrDefault(field)?.Trim() ?? "";

        /// <returns>Null where nothing is written.</returns>
        public string? Find(string field) => Of(field) is { Length: > 0 } text ? text : null;
    }
}
