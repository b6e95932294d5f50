namespace SmsCampaign.Storage;

/// <summary>
/// When persons were last told that the worker ended for some cause: files without content, which a full disk takes, as
/// the service is started again every few seconds.
/// </summary>
public sealed class EndSigns(DataFolder data)
{
    /// <param name="cause">A word, such as disk-full.</param>
    /// <returns>Null where nobody was told, or it could not be kept.</returns>
    public DateTimeOffset? Find(string cause) => PlacesOf(cause)
        .Where(File.Exists)
        .Select(file => (DateTimeOffset?)File.GetLastWriteTimeUtc(file))
        .Max();

    /// <summary>Keeps it where that can be: nothing depends on it but that persons are told less often.</summary>
    public void TryNote(string cause, DateTimeOffset now)
    {
        foreach (var file in PlacesOf(cause))
        {
            try
            {
                File.Open(file, FileMode.OpenOrCreate).Dispose();
                File.SetLastWriteTimeUtc(file, now.UtcDateTime);
                return;
            }
            catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
            {
                // the next place
            }
        }
    }

    /// <summary>In the data folder or, where that takes nothing, beside it.</summary>
    IEnumerable<string> PlacesOf(string cause) =>
        new[] { data.Root, data.Marks }.Select(folder => Path.Combine(folder, $"ended-{cause}.sign"));
}
