namespace SmsCampaign.Storage.Registry;

/// <summary>
/// What persons are to be told, and what of it they were: on disk, so that a kill loses none of it. Whoever finds a
/// cause raises it here, in any process; the worker delivers it.
/// </summary>
public interface IAlerts
{
    /// <summary>A cause that is raised already is brought up to date; when it began and was raised stays. What happens
    /// and does not last is raised once.</summary>
    void Raise(Alert alert, DateTimeOffset now);

    /// <summary>It is so no longer.</summary>
    /// <param name="how">What is said of it from now on, as of <see cref="Alert.What"/>; null: what was said.</param>
    /// <returns>False where it was not raised.</returns>
    bool SetOver(AlertKind kind, string about, DateTimeOffset now, Wording? how = null);

    /// <summary>Those that are so, and those over since a moment, in the order they were raised.</summary>
    IReadOnlyList<RaisedAlert> Read(DateTimeOffset overSince);

    /// <summary>What is known by whom of those that <see cref="Read"/> gives.</summary>
    IReadOnlyList<AlertTelling> ReadTold(DateTimeOffset overSince);

    /// <summary>In place of what stood there.</summary>
    void Note(AlertTelling telling);
}
