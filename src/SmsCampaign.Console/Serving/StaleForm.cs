using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace SmsCampaign.WebConsole.Serving;

/// <summary>A form whose token was not good (any more), as of a page that was open for too long: what was typed is
/// given back, to be sent again by whoever typed it.</summary>
/// <param name="Path">Where it was posted, with its query.</param>
/// <param name="Fields">In the order of the form; what must not be shown, and files, are left out.</param>
public sealed record StaleForm(string Path, IReadOnlyList<(string Name, string Value)> Fields)
{
    const string Token = "__RequestVerificationToken";

    /// <summary>Takes note of it, before another page is drawn in its place. Of who is not signed in nothing is given
    /// back: another site may have posted it.</summary>
    public static async Task NoteAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.Response.StatusCode != StatusCodes.Status400BadRequest
            || context.User.Identity?.IsAuthenticated != true
            || context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }
            || !HttpMethods.IsPost(request.Method)
            || await TryReadAsync(request) is not { Files.Count: 0 } form)
            return;

        List<(string Name, string Value)> fields = [.. form
            .Where(field => field.Key != Token)
            .SelectMany(field => field.Value.Select(value => (field.Key, value ?? "")))];
        if (fields.Exists(field => IsSecret(field.Name)))
            return;
        context.Items[typeof(StaleForm)] = new StaleForm(OriginalPath(context), fields);
    }

    /// <summary>Null where there is none.</summary>
    public static StaleForm? Find(HttpContext? context) => context?.Items[typeof(StaleForm)] as StaleForm;

    /// <summary>What whoever sees the page may read of it: what they typed, and not what the page hid.</summary>
    public IEnumerable<string> Typed => Fields
        .Where(each => each.Name.StartsWith("Given.", StringComparison.Ordinal) && each.Value.Length > 0)
        .Select(each => each.Value);

    /// <summary>ASP.NET gives out no form whose token was refused, lest somebody does what it asks for: here it is only
    /// shown.</summary>
    static async Task<IFormCollection?> TryReadAsync(HttpRequest request)
    {
        request.HttpContext.Features.Set<IAntiforgeryValidationFeature>(null);
        try
        {
            return request.HasFormContentType
                ? await request.ReadFormAsync(request.HttpContext.RequestAborted)
                : null;
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException) // too long, or none
        {
            return null;
        }
    }

    static bool IsSecret(string name) =>
        name.EndsWith("Password", StringComparison.Ordinal)
        || name.EndsWith("Code", StringComparison.Ordinal)
        || name.EndsWith("Credential", StringComparison.Ordinal);

    static string OriginalPath(HttpContext context) =>
        context.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodeReExecuteFeature>() is { } before
            ? before.OriginalPath + before.OriginalQueryString
            : context.Request.Path + context.Request.QueryString;
}
