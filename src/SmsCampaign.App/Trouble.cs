using SmsCampaign.Storage;

namespace SmsCampaign.App;

/// <summary>What a person is told where a file of the data folder fails.</summary>
static class Trouble
{
    /// <returns>Null where it is none of those: the program is at fault.</returns>
    public static Wording? Of(Exception thrown, DataFolder data) => StorageFaults.Describe(thrown, data);
}
