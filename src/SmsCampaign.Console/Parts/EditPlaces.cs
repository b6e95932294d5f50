using SmsCampaign.Office;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>Which field of the page a problem is about.</summary>
public static class EditPlaces
{
    /// <summary>Id of a field's control.</summary>
    public static string IdOf(string path) =>
        "f-" + string.Concat(path.Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));

    /// <returns>Null where it is about none that has a field.</returns>
    public static EditField? FieldOf(Problem problem, IReadOnlyList<EditField> fields)
    {
        for (var key = problem.Where?.Key ?? ""; key.Length > 0; key = Above(key))
        {
            if (fields.FirstOrDefault(field => field.Path == key) is { } exact)
                return exact;
            if (fields.FirstOrDefault(field => field.Path.StartsWith(key + ".", StringComparison.Ordinal)
                || field.Path.StartsWith(key + "[", StringComparison.Ordinal)) is { } inside)
                return inside;
        }

        return null;
    }

    static string Above(string key) => key.LastIndexOfAny(['.', '[']) is > 0 and var at ? key[..at] : "";
}
