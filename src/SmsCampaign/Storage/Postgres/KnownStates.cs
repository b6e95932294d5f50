using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Postgres;

/// <summary>Where messages stand that were looked up, within a transaction.</summary>
sealed class KnownStates
{
    /// <summary>Of those that were looked up: null where there is no row.</summary>
    readonly Dictionary<long, MessageStatus?> _states = [];

    public void Cover(long first, long last)
    {
        for (var seq = first; seq <= last; seq++)
            _states.TryAdd(seq, null);
    }

    public void Set(long seq, MessageStatus status) => _states[seq] = status;

    public bool Covers(long first, long last)
    {
        for (var seq = first; seq <= last; seq++)
        {
            if (!_states.ContainsKey(seq))
                return false;
        }

        return true;
    }

    public MessageStatus? Find(long seq) => _states[seq];

    /// <summary>Whether any that has a row stands so.</summary>
    public bool Any(long first, long last, Func<MessageStatus, bool> stands)
    {
        for (var seq = first; seq <= last; seq++)
        {
            if (_states[seq] is { } status && stands(status))
                return true;
        }

        return false;
    }

    public void Clear() => _states.Clear();
}
