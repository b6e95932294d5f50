using SmsCampaign.Storage;

namespace SmsCampaign.App;

/// <summary>What a person is told where a file of the data folder fails.</summary>
static class Trouble
{
    /// <returns>Null where it is none of those: the program is at fault.</returns>
    public static Wording? Of(Exception thrown, DataFolder data) => StorageFaults.Describe(thrown, data);

    /// <summary>The same, of a verb that could not do what it was to.</summary>
    /// <returns>Null likewise.</returns>
    public static Wording? Of(Exception thrown, DataFolder data, string verb) =>
        StorageFaults.IsOfFullDisk(thrown, data) && StopWords.OfFullDisk(verb, data) is { } stopped
            ? stopped
            : Of(thrown, data);
}
