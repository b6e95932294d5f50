namespace SmsCampaign.Storage.Rows;

/// <summary>What the work of a transaction will be about, so that it can be looked up together.</summary>
sealed class LookAhead
{
    readonly List<(long First, long Last)> _messages = [];

    /// <summary>Messages next to each other.</summary>
    public IReadOnlyList<(long First, long Last)> Messages => _messages;

    public void Add(long first, long last) => _messages.Add((first, last));

    public void Clear() => _messages.Clear();
}
