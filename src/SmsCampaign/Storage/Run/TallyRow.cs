using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <param name="Parts">Of each message.</param>
readonly record struct TallyRow(int Lane, int Parts, MessageStatus Status, long Messages);
